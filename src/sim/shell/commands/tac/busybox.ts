/** tac of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { tac } from './tac.ts';

export const command: Command = tac.busybox;
