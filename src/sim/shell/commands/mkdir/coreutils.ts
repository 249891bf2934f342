/** mkdir of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { mkdir } from '../rm/remove.ts';

export const command: Command = mkdir.gnu;
