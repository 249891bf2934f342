/** rm of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { rm } from './remove.ts';

export const command: Command = rm.gnu;
