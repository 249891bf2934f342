/** who of BusyBox 1.37. */
import { who } from './who.ts';

export const command = who.busybox;
