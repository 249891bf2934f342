/** sleep of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { sleep } from './sleep.ts';

export const command: Command = sleep.gnu;
