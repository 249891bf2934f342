/** sed of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { sed } from './edit-stream.ts';

export const command: Command = sed.busybox;
