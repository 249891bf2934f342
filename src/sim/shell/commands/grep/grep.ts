/** grep of GNU grep 3.8. */
import type { Command } from '../../command.ts';
import { grep } from './search.ts';

export const command: Command = grep.gnu;
