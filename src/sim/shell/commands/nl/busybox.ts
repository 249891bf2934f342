/** nl of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { nl } from './nl.ts';

export const command: Command = nl.busybox;
