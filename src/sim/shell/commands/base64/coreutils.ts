/** base64 of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { base64 } from './base64.ts';

export const command: Command = base64.gnu;
