/** chgrp of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { chgrp } from '../cmp/compare-bytes.ts';

export const command: Command = chgrp.gnu;
