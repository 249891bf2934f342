/** tac of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { tac } from './tac.ts';

export const command: Command = tac.gnu;
