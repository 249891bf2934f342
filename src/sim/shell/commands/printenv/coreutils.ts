/** printenv of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { printenv } from './printenv.ts';

export const command: Command = printenv.gnu;
