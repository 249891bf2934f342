/** rev of util-linux 2.38.1. */
import type { Command } from '../../command.ts';
import { rev } from './rev.ts';

export const command: Command = { ...rev.gnu, suite: 'util-linux' };
