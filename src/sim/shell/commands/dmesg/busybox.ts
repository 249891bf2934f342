/** dmesg of BusyBox 1.37. */
import { dmesg } from './dmesg.ts';

export const command = dmesg.busybox;
