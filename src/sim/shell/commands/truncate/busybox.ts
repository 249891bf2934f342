/** truncate of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { truncate } from '../cmp/compare-bytes.ts';

export const command: Command = truncate.busybox;
