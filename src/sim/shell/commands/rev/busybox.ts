/** rev of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { rev } from './rev.ts';

export const command: Command = rev.busybox;
