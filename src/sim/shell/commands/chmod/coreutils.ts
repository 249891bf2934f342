/** chmod of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { chmod } from './change.ts';

export const command: Command = chmod.gnu;
