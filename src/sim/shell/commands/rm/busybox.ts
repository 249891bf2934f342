/** rm of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { rm } from './remove.ts';

export const command: Command = rm.busybox;
