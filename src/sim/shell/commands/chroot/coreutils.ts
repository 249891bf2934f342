/** chroot of GNU coreutils 9.1. */
import { chroot } from './chroot.ts';

export const command = chroot.gnu;
