/** uniq of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { uniq } from './uniq.ts';

export const command: Command = uniq.busybox;
