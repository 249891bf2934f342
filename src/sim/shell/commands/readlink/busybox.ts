/** readlink of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { readlink } from '../basename/names.ts';

export const command: Command = readlink.busybox;
