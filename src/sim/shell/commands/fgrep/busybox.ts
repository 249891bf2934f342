/** fgrep of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { fgrep } from '../grep/search.ts';

export const command: Command = fgrep.busybox;
