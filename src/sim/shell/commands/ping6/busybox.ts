/** ping6 of BusyBox 1.37. */
import { ping6Command } from '../ping/busybox-ping.ts';

export const command = ping6Command;
