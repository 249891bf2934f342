/** stty of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { stty } from '../tty/terminal.ts';

export const command: Command = stty.busybox;
