/** id of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { id } from './id.ts';

export const command: Command = id.gnu;
