/** rmdir of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { rmdir } from '../rm/remove.ts';

export const command: Command = rmdir.gnu;
