/** tee of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { tee } from './tee.ts';

export const command: Command = tee.gnu;
