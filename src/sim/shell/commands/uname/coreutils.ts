/** uname of GNU coreutils 9.1. */
import { uname } from './uname.ts';

export const command = uname.gnu;
