/** du of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { du } from '../stat/stat.ts';

export const command: Command = du.gnu;
