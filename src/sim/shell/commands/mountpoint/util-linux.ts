/** mountpoint of util-linux 2.38.1. */
import type { Command } from '../../command.ts';
import { mountpoint } from './mountpoint.ts';

export const command: Command = mountpoint.gnu;
