/** find of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { find } from './walk-tree.ts';

export const command: Command = find.busybox;
