/** mkfifo of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mkfifo } from '../mknod/special-files.ts';

export const command: Command = mkfifo.busybox;
