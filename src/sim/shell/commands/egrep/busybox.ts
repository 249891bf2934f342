/** egrep of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { egrep } from '../grep/search.ts';

export const command: Command = egrep.busybox;
