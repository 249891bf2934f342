/** fold of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { fold } from './fold.ts';

export const command: Command = fold.busybox;
