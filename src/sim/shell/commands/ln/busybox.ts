/** ln of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { ln } from '../rm/remove.ts';

export const command: Command = ln.busybox;
