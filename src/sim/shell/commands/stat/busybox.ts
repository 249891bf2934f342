/** stat of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { stat } from './stat.ts';

export const command: Command = stat.busybox;
