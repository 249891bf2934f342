/** realpath of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { realpath } from '../basename/names.ts';

export const command: Command = realpath.gnu;
