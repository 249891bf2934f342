/** last of util-linux 2.38.1. */
import { last } from './last.ts';

export const command = last.gnu;
