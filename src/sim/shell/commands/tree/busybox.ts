/** tree of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { tree } from './tree.ts';

export const command: Command = tree.busybox;
