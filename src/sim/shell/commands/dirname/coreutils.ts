/** dirname of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { dirname } from '../basename/names.ts';

export const command: Command = dirname.gnu;
