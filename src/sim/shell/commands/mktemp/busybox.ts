/** mktemp of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mktemp } from '../rm/remove.ts';

export const command: Command = mktemp.busybox;
