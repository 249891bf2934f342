/** cut of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { cut } from './cut.ts';

export const command: Command = cut.busybox;
