/** vi of vim. */
import type { Command } from '../../command.ts';
import { vi } from './edit-file.ts';

export const command: Command = vi.gnu;
