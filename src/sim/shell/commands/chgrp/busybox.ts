/** chgrp of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { chgrp } from '../cmp/compare-bytes.ts';

export const command: Command = chgrp.busybox;
