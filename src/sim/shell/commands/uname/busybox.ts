/** uname of BusyBox 1.37. */
import { uname } from './uname.ts';

export const command = uname.busybox;
