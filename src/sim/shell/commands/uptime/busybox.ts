/** uptime of BusyBox 1.37. */
import { uptime } from './uptime.ts';

export const command = uptime.busybox;
