/** time of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { time } from '../timeout/timeout.ts';

export const command: Command = time.busybox;
