/** last of BusyBox 1.37. */
import { last } from './last.ts';

export const command = last.busybox;
