/** basename of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { basename } from './names.ts';

export const command: Command = basename.busybox;
