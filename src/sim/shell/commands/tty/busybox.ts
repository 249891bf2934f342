/** tty of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { tty } from './terminal.ts';

export const command: Command = tty.busybox;
