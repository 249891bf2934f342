/** which of system. */
import type { Command } from '../../command.ts';
import { which } from './which.ts';

export const command: Command = which.gnu;
