/** base64 of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { base64 } from './base64.ts';

export const command: Command = base64.busybox;
