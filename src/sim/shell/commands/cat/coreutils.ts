/** cat of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { cat } from './cat.ts';

export const command: Command = cat.gnu;
