/** watch of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { watch } from './repeatedly.ts';

export const command: Command = watch.busybox;
