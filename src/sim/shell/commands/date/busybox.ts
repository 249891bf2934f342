/** date of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { date } from './show-date.ts';

export const command: Command = date.busybox;
