/** mkfifo of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { mkfifo } from '../mknod/special-files.ts';

export const command: Command = mkfifo.gnu;
