/** diff of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { diff } from './compare.ts';

export const command: Command = diff.gnu;
