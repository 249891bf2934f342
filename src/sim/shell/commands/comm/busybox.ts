/** comm of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { comm } from './comm.ts';

export const command: Command = comm.busybox;
