/** comm of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { comm } from './comm.ts';

export const command: Command = comm.gnu;
