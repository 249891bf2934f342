/** basename of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { basename } from './names.ts';

export const command: Command = basename.gnu;
