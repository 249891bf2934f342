/** fold of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { fold } from './fold.ts';

export const command: Command = fold.gnu;
