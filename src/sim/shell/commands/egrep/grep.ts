/** egrep of GNU grep 3.8. */
import type { Command } from '../../command.ts';
import { egrep } from '../grep/search.ts';

export const command: Command = egrep.gnu;
