/** reset of system. */
import type { Command } from '../../command.ts';
import { reset } from '../clear/clear.ts';

export const command: Command = reset.gnu;
