/** time of system. */
import type { Command } from '../../command.ts';
import { time } from '../timeout/timeout.ts';

export const command: Command = time.gnu;
