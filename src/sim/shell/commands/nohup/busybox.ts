/** nohup of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { nohup } from '../timeout/timeout.ts';

export const command: Command = nohup.busybox;
