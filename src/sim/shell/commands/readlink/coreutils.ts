/** readlink of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { readlink } from '../basename/names.ts';

export const command: Command = readlink.gnu;
