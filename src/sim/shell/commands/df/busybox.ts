/** df of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { df } from './df.ts';

export const command: Command = df.busybox;
