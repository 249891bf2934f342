/** sha1sum of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { sha1sum } from './sha1sum.ts';

export const command: Command = sha1sum.busybox;
