// What admission is asked and what it answers. Holds no rule.

import type { FieldError } from '../../api/field-error.ts';
import type { Status } from '../../api/status.ts';
import type { KubeObject } from '../../api/types.ts';
import type { AdmissionLookup } from './admission-lookup.ts';

export interface AdmissionRequest {
  /** The namespace of the request; empty for objects without one. */
  readonly namespace: string;
  readonly lookup: AdmissionLookup;
  /** The stored object that is to be changed. */
  readonly old?: KubeObject | undefined;
}

export interface Judgement {
  readonly refused: Status | undefined;
  /** Field errors behind an Invalid status, for whoever wants to show their places. */
  readonly errors: readonly FieldError[];
  readonly warnings: readonly string[];
}

/** True for a refusal, so that objects and refusals can share a result. */
export function isRefusal(result: KubeObject | Status): result is Status {
  return result.kind === 'Status';
}
