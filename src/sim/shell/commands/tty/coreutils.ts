/** tty of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { tty } from './terminal.ts';

export const command: Command = tty.gnu;
