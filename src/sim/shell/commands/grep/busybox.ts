/** grep of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { grep } from './search.ts';

export const command: Command = grep.busybox;
