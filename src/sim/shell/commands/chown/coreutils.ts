/** chown of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { chown } from '../chmod/change.ts';

export const command: Command = chown.gnu;
