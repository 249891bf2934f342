/** sha256sum of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { sha256sum } from './sha256sum.ts';

export const command: Command = sha256sum.busybox;
