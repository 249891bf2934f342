/** sleep of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { sleep } from './sleep.ts';

export const command: Command = sleep.busybox;
