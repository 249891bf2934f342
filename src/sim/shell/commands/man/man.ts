/** man of man. */
import type { Command } from '../../command.ts';
import { man } from './manual.ts';

export const command: Command = man.gnu;
