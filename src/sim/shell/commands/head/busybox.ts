/** head of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { head } from './head.ts';

export const command: Command = head.busybox;
