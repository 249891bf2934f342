/** sort of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { sort } from './sort.ts';

export const command: Command = sort.busybox;
