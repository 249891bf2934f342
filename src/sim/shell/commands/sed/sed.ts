/** sed of sed. */
import type { Command } from '../../command.ts';
import { sed } from './edit-stream.ts';

export const command: Command = sed.gnu;
