/** chmod of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { chmod } from './change.ts';

export const command: Command = chmod.busybox;
