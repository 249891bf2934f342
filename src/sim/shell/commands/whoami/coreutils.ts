/** whoami of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { whoami } from '../id/id.ts';

export const command: Command = whoami.gnu;
