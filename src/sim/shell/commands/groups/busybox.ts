/** groups of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { groups } from '../id/id.ts';

export const command: Command = groups.busybox;
