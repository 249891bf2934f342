/** ping of BusyBox 1.37. */
import { ping4Command } from './busybox-ping.ts';

export const command = ping4Command;
