/** umount of mount. */
import type { Command } from '../../command.ts';
import { umount } from '../mount/mounts.ts';

export const command: Command = umount.gnu;
