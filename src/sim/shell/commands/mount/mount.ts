/** mount of mount. */
import type { Command } from '../../command.ts';
import { mount } from './mounts.ts';

export const command: Command = mount.gnu;
