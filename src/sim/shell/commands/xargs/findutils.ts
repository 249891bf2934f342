/** xargs of findutils. */
import type { Command } from '../../command.ts';
import { xargs } from './run-with-words.ts';

export const command: Command = xargs.gnu;
