/** ping of BusyBox 1.37. */
import { busyboxPing } from '../../network/busybox-ping.ts';

export const command = busyboxPing('ping');
