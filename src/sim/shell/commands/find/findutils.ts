/** find of findutils. */
import type { Command } from '../../command.ts';
import { find } from './walk-tree.ts';

export const command: Command = find.gnu;
