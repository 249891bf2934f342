/** setsid of util-linux 2.38.1. */
import { setsid } from './setsid.ts';

export const command = setsid.gnu;
