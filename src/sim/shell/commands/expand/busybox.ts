/** expand of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { expand } from './expand.ts';

export const command: Command = expand.busybox;
