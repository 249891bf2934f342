/** hd of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { hd } from '../hexdump/hexdump.ts';

export const command: Command = hd.busybox;
