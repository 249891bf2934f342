/** reset of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { reset } from '../clear/clear.ts';

export const command: Command = reset.busybox;
