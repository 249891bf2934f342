/** wc of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { wc } from './wc.ts';

export const command: Command = wc.gnu;
