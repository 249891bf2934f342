/** w of BusyBox 1.37. */
import { w } from './w.ts';

export const command = w.busybox;
