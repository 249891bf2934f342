/** rmdir of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { rmdir } from '../rm/remove.ts';

export const command: Command = rmdir.busybox;
