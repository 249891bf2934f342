/** tail of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { tail } from './tail.ts';

export const command: Command = tail.busybox;
