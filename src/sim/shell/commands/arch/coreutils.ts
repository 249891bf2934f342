/** arch of GNU coreutils 9.1. */
import { arch } from './arch.ts';

export const command = arch.gnu;
