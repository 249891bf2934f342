/** mkdir of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mkdir } from '../rm/remove.ts';

export const command: Command = mkdir.busybox;
