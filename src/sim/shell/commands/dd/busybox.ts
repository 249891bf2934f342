/** dd of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { dd } from './dd.ts';

export const command: Command = dd.busybox;
