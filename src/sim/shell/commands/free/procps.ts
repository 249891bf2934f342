/** free of procps-ng 4.0.2. */
import { free } from './free.ts';

export const command = free.gnu;
