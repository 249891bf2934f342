/** nice of GNU coreutils 9.1. */
import { nice } from './nice.ts';

export const command = nice.gnu;
