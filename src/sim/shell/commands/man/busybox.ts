/** man of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { man } from './manual.ts';

export const command: Command = man.busybox;
