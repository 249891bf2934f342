/** cp of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { cp } from './copy.ts';

export const command: Command = cp.gnu;
