/** chroot of BusyBox 1.37. */
import { chroot } from './chroot.ts';

export const command = chroot.busybox;
