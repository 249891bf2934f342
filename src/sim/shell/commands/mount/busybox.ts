/** mount of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { mount } from './mounts.ts';

export const command: Command = mount.busybox;
