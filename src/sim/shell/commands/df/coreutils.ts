/** df of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { df } from './df.ts';

export const command: Command = df.gnu;
