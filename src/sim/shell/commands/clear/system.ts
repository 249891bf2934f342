/** clear of system. */
import type { Command } from '../../command.ts';
import { clear } from './clear.ts';

export const command: Command = clear.gnu;
