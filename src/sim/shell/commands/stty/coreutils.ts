/** stty of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { stty } from '../tty/terminal.ts';

export const command: Command = stty.gnu;
