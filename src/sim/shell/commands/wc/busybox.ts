/** wc of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { wc } from './wc.ts';

export const command: Command = wc.busybox;
