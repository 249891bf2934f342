/** setsid of BusyBox 1.37. */
import { setsid } from './setsid.ts';

export const command = setsid.busybox;
