/** mv of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mv } from '../cp/copy.ts';

export const command: Command = mv.busybox;
