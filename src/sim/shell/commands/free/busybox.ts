/** free of BusyBox 1.37. */
import { free } from './free.ts';

export const command = free.busybox;
