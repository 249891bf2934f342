/** sort of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { sort } from './sort.ts';

export const command: Command = sort.gnu;
