/** od of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { od } from './od.ts';

export const command: Command = od.gnu;
