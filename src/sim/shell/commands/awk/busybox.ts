/** awk of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { awk } from './run-awk.ts';

export const command: Command = awk.busybox;
