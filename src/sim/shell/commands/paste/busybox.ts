/** paste of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { paste } from './paste.ts';

export const command: Command = paste.busybox;
