/** watch of procps. */
import type { Command } from '../../command.ts';
import { watch } from './repeatedly.ts';

export const command: Command = watch.gnu;
