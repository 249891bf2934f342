/** expr of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { expr } from './expr.ts';

export const command: Command = expr.gnu;
