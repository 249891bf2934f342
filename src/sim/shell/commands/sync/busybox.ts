/** sync of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { sync } from '../tty/terminal.ts';

export const command: Command = sync.busybox;
