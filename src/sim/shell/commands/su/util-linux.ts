/** su of util-linux. */
import type { Command } from '../../command.ts';
import { su } from './switch-user.ts';

export const command: Command = su.gnu;
