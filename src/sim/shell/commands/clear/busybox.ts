/** clear of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { clear } from './clear.ts';

export const command: Command = clear.busybox;
