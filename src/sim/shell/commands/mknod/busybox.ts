/** mknod of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mknod } from './special-files.ts';

export const command: Command = mknod.busybox;
