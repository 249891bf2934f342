/** umount of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { umount } from '../mount/mounts.ts';

export const command: Command = umount.busybox;
