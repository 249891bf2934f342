// What containers and Pods ask of a node's resources.
// Knows shapes only: no defaults, no rules.

import type { Quantity } from './types-meta.ts';

export interface ResourceClaim {
  readonly name: string;
  readonly request?: string;
}

export interface ResourceRequirements {
  readonly claims?: readonly ResourceClaim[];
  readonly limits?: Readonly<Record<string, Quantity>>;
  readonly requests?: Readonly<Record<string, Quantity>>;
}
