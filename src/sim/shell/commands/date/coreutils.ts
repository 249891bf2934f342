/** date of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { date } from './show-date.ts';

export const command: Command = date.gnu;
