/** groups of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { groups } from '../id/id.ts';

export const command: Command = groups.gnu;
