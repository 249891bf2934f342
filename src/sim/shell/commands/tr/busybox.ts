/** tr of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { tr } from './tr.ts';

export const command: Command = tr.busybox;
