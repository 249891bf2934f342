/** unlink of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { unlink } from '../cmp/compare-bytes.ts';

export const command: Command = unlink.busybox;
