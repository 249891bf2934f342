/** w of procps-ng 4.0.2. */
import { w } from './w.ts';

export const command = w.gnu;
