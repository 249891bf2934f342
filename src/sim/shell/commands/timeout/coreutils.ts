/** timeout of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { timeout } from './timeout.ts';

export const command: Command = timeout.gnu;
