/** yes of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { yes } from './repeat.ts';

export const command: Command = yes.gnu;
