/** ln of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { ln } from '../rm/remove.ts';

export const command: Command = ln.gnu;
