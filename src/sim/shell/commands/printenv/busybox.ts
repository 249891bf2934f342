/** printenv of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { printenv } from './printenv.ts';

export const command: Command = printenv.busybox;
