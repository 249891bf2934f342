/** tail of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { tail } from './tail.ts';

export const command: Command = tail.gnu;
