/** sha256sum of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { sha256sum } from './sha256sum.ts';

export const command: Command = sha256sum.gnu;
