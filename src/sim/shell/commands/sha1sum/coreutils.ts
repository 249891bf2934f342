/** sha1sum of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { sha1sum } from './sha1sum.ts';

export const command: Command = sha1sum.gnu;
