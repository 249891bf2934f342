/** head of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { head } from './head.ts';

export const command: Command = head.gnu;
