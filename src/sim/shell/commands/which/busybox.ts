/** which of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { which } from './which.ts';

export const command: Command = which.busybox;
