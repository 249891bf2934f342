/** unlink of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { unlink } from '../cmp/compare-bytes.ts';

export const command: Command = unlink.gnu;
