/** cp of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { cp } from './copy.ts';

export const command: Command = cp.busybox;
