/** su of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { su } from './switch-user.ts';

export const command: Command = su.busybox;
