/** less (less). */
import type { Command } from '../../command.ts';
import { less } from './show-pages.ts';

export const command: Command = less.gnu;
