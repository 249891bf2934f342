/** seq of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { seq } from './seq.ts';

export const command: Command = seq.gnu;
