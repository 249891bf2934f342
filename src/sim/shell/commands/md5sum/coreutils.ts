/** md5sum of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { md5sum } from './md5sum.ts';

export const command: Command = md5sum.gnu;
