/** more (busybox). */
import type { Command } from '../../command.ts';
import { more } from '../less/show-pages.ts';

export const command: Command = more.busybox;
