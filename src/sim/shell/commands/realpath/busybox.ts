/** realpath of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { realpath } from '../basename/names.ts';

export const command: Command = realpath.busybox;
