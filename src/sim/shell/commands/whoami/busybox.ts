/** whoami of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { whoami } from '../id/id.ts';

export const command: Command = whoami.busybox;
