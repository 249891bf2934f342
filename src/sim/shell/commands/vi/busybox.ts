/** vi of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { vi } from './edit-file.ts';

export const command: Command = vi.busybox;
