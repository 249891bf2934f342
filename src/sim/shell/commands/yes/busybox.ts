/** yes of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { yes } from './repeat.ts';

export const command: Command = yes.busybox;
