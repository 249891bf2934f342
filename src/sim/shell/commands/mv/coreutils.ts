/** mv of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { mv } from '../cp/copy.ts';

export const command: Command = mv.gnu;
