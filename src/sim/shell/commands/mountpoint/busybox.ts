/** mountpoint of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mountpoint } from './mountpoint.ts';

export const command: Command = mountpoint.busybox;
