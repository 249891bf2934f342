/** uniq of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { uniq } from './uniq.ts';

export const command: Command = uniq.gnu;
