/** arch of BusyBox 1.37. */
import { arch } from './arch.ts';

export const command = arch.busybox;
