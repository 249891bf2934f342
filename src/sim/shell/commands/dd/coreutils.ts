/** dd of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { dd } from './dd.ts';

export const command: Command = dd.gnu;
