/** nproc of GNU coreutils 9.1. */
import { nproc } from './nproc.ts';

export const command = nproc.gnu;
