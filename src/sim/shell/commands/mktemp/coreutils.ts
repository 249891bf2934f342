/** mktemp of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { mktemp } from '../rm/remove.ts';

export const command: Command = mktemp.gnu;
