/** nice of BusyBox 1.37. */
import { nice } from './nice.ts';

export const command = nice.busybox;
