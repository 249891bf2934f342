/** cut of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { cut } from './cut.ts';

export const command: Command = cut.gnu;
