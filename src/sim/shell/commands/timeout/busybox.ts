/** timeout of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { timeout } from './timeout.ts';

export const command: Command = timeout.busybox;
