/** tee of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { tee } from './tee.ts';

export const command: Command = tee.busybox;
