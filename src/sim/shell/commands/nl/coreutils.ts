/** nl of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { nl } from './nl.ts';

export const command: Command = nl.gnu;
