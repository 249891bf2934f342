/** truncate of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { truncate } from '../cmp/compare-bytes.ts';

export const command: Command = truncate.gnu;
