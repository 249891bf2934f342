/** dirname of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { dirname } from '../basename/names.ts';

export const command: Command = dirname.busybox;
