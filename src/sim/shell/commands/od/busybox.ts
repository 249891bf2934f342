/** od of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { od } from '../hexdump/hexdump.ts';

export const command: Command = od.busybox;
