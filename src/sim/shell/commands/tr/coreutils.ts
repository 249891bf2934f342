/** tr of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { tr } from './tr.ts';

export const command: Command = tr.gnu;
