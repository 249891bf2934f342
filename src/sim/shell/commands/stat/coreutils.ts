/** stat of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { stat } from './stat.ts';

export const command: Command = stat.gnu;
