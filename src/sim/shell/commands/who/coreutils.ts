/** who of GNU coreutils 9.1. */
import { who } from './who.ts';

export const command = who.gnu;
