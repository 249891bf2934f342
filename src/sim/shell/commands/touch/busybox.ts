/** touch of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { touch } from '../rm/remove.ts';

export const command: Command = touch.busybox;
