/** fgrep of GNU grep 3.8. */
import type { Command } from '../../command.ts';
import { fgrep } from '../grep/search.ts';

export const command: Command = fgrep.gnu;
