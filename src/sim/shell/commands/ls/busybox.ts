/** ls of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { ls } from './ls.ts';

export const command: Command = ls.busybox;
