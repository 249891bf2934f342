/** hexdump of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { hexdump } from './hexdump.ts';

export const command: Command = hexdump.busybox;
