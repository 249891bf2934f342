/** sync of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { sync } from '../tty/terminal.ts';

export const command: Command = sync.gnu;
