/** env of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { env } from './env.ts';

export const command: Command = env.gnu;
