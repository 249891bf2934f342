/** cmp of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { cmp } from './compare-bytes.ts';

export const command: Command = cmp.gnu;
