/** cat of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { cat } from './cat.ts';

export const command: Command = cat.busybox;
