// The rules beyond new Pods, once somebody has brought them: an editor that judges Pods does without (admit.ts brings them).

import type { Status } from '../../api/status.ts';
import type { KubeObject } from '../../api/types.ts';
import type { AdmissionRequest, Judgement } from './admission-request.ts';

export interface AdmissionRules {
  /** The object as it would be validated and stored, or why it does not get that far. */
  readonly prepareObject: (decoded: KubeObject, request: AdmissionRequest) => KubeObject | Status;
  /** Judges a prepared object that has its name. */
  readonly judgeObject: (object: KubeObject, request: AdmissionRequest) => Judgement;
}

let further: AdmissionRules | undefined;

/** Called once, by the module that has them. */
export function provideFurtherRules(rules: AdmissionRules): void {
  further = rules;
}

/** The rules for everything; asking before they were brought is a mistake of the caller. */
export function furtherRules(): AdmissionRules {
  if (further === undefined) throw new Error('admit.ts is not loaded');
  return further;
}
