/** The generators below `kubectl create`, in their order. */
import type { Verb } from '../verb.ts';

export const GENERATORS: readonly Verb[] = [];
