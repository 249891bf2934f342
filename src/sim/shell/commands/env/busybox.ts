/** env of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { env } from './env.ts';

export const command: Command = env.busybox;
