/** xargs of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { xargs } from './run-with-words.ts';

export const command: Command = xargs.busybox;
