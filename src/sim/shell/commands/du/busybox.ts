/** du of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { du } from '../stat/stat.ts';

export const command: Command = du.busybox;
