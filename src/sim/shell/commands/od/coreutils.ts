/** od of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { od } from '../hexdump/hexdump.ts';

export const command: Command = od.gnu;
