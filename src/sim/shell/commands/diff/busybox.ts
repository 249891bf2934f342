/** diff of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { diff } from './compare.ts';

export const command: Command = diff.busybox;
