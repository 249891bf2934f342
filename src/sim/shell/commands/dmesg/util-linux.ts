/** dmesg of util-linux 2.38.1. */
import { dmesg } from './dmesg.ts';

export const command = dmesg.gnu;
