/** chown of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { chown } from '../chmod/change.ts';

export const command: Command = chown.busybox;
