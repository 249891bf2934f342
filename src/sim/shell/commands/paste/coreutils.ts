/** paste of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { paste } from './paste.ts';

export const command: Command = paste.gnu;
