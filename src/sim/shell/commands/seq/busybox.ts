/** seq of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { seq } from './seq.ts';

export const command: Command = seq.busybox;
