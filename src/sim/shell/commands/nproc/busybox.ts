/** nproc of BusyBox 1.37. */
import { nproc } from './nproc.ts';

export const command = nproc.busybox;
