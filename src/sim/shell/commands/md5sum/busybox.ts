/** md5sum of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { md5sum } from './md5sum.ts';

export const command: Command = md5sum.busybox;
