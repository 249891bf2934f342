/** awk of awk. */
import type { Command } from '../../command.ts';
import { awk } from './run-awk.ts';

export const command: Command = awk.gnu;
