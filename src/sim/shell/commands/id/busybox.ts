/** id of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { id } from './id.ts';

export const command: Command = id.busybox;
