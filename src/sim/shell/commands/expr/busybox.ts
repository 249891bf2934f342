/** expr of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { expr } from './expr.ts';

export const command: Command = expr.busybox;
