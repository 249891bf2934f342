/** nohup of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { nohup } from '../timeout/timeout.ts';

export const command: Command = nohup.gnu;
