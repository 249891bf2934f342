/** touch of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { touch } from '../rm/remove.ts';

export const command: Command = touch.gnu;
