/** mknod of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { mknod } from './special-files.ts';

export const command: Command = mknod.gnu;
