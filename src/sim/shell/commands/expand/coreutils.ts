/** expand of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { expand } from './expand.ts';

export const command: Command = expand.gnu;
