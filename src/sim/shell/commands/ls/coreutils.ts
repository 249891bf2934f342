/** ls of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { ls } from './ls.ts';

export const command: Command = ls.gnu;
