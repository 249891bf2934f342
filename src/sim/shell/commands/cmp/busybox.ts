/** cmp of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { cmp } from './compare-bytes.ts';

export const command: Command = cmp.busybox;
