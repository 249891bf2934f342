// Pod Security admission: refuses Pods that go beyond the level their namespace enforces, and warns.
// Modelled on k8s.io/pod-security-admission admission/admission.go (v1.37); which rules a level has stands in the checks.

import { forbiddenStatus, invalidStatus } from '../../../api/status.ts';
import type { Status } from '../../../api/status.ts';
import type { Namespace } from '../../../api/types-core.ts';
import type { Pod } from '../../../api/types-pod.ts';
import type { Unchecked } from '../../../api/unchecked.ts';
import type { AdmissionLookup } from '../admission-lookup.ts';
import { nameForErrors } from '../service-account.ts';
import { BASELINE_CHECKS } from './baseline-checks.ts';
import type { LevelVersion, PodSecurityPolicy } from './levels.ts';
import { levelText, podSecurityPolicy } from './levels.ts';
import { RESTRICTED_CHECKS } from './restricted-checks.ts';
import type { Subject, Violation } from './violation.ts';

export interface AdmissionResult {
  readonly refused: Status | undefined;
  readonly warnings: readonly string[];
}

const ADMITTED: AdmissionResult = { refused: undefined, warnings: [] };

/** All ways in which a Pod goes beyond a level, in the order of the messages. */
export function violationsOf(subject: Subject, level: LevelVersion['level']): Violation[] {
  if (level === 'privileged') return [];
  const replaced = level === 'restricted' ? RESTRICTED_CHECKS.map((check) => check.replaces) : [];
  const checks = [
    ...Object.entries(BASELINE_CHECKS).flatMap(([id, check]) => (replaced.includes(id) ? [] : [check])),
    ...(level === 'restricted' ? RESTRICTED_CHECKS.map(({ check }) => check) : []),
  ];
  return checks.flatMap((check) => check(subject) ?? []);
}

function detailOf(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');
}

function policyOf(namespace: string, lookup: AdmissionLookup): PodSecurityPolicy {
  return podSecurityPolicy(lookup.namespace(namespace)?.metadata.labels ?? {});
}

/** Judges a new Pod. */
export function admitPod(pod: Unchecked<Pod>, namespace: string, lookup: AdmissionLookup): AdmissionResult {
  const policy = policyOf(namespace, lookup);
  const enforced = violationsOf(pod, policy.enforce.level);
  if (enforced.length > 0) {
    const why = `violates PodSecurity "${levelText(policy.enforce)}": ${detailOf(enforced)}`;
    return {
      refused: forbiddenStatus({ group: '', resource: 'pods' }, nameForErrors(pod), why),
      warnings: [],
    };
  }
  return { refused: undefined, warnings: warningsFor(pod, policy) };
}

/** Workloads are never refused, since only their Pods are; but a person should hear of it at once. */
export function admitTemplate(template: Subject | undefined, namespace: string, lookup: AdmissionLookup): AdmissionResult {
  if (template === undefined) return ADMITTED;
  return { refused: undefined, warnings: warningsFor(template, policyOf(namespace, lookup)) };
}

function warningsFor(subject: Subject, policy: PodSecurityPolicy): string[] {
  const violations = violationsOf(subject, policy.warn.level);
  if (violations.length === 0) return [];
  return [`would violate PodSecurity "${levelText(policy.warn)}": ${detailOf(violations)}`];
}

/** Whether a changed Pod must be judged again: nothing else that counts can change. */
export function imagesChanged(pod: Unchecked<Pod>, old: Unchecked<Pod>): boolean {
  const images = (subject: Unchecked<Pod>): string =>
    (['containers', 'initContainers', 'ephemeralContainers'] as const)
      .map((list) => (subject.spec?.[list] ?? []).map((container) => `${container.name ?? ''}=${container.image ?? ''}`).join())
      .join(';');
  return images(pod) !== images(old);
}

const NAMESPACES = { group: '', kind: 'Namespace' };
const ORDER = ['privileged', 'baseline', 'restricted'];

/** Refuses misspelt levels; on a stricter level names the Pods that are there already and would not be admitted. */
export function admitNamespace(namespace: Unchecked<Namespace>, old: Unchecked<Namespace> | undefined, lookup: AdmissionLookup): AdmissionResult {
  const name = namespace.metadata?.name ?? '';
  const policy = podSecurityPolicy(namespace.metadata?.labels ?? {});
  const before = old === undefined ? undefined : podSecurityPolicy(old.metadata?.labels ?? {});
  if (policy.errors.length > 0 && JSON.stringify(policy.errors) !== JSON.stringify(before?.errors)) {
    return { refused: invalidStatus(NAMESPACES, name, policy.errors), warnings: [] };
  }
  if (before === undefined || levelText(policy.enforce) === levelText(before.enforce)) return ADMITTED;
  const relaxed = ORDER.indexOf(policy.enforce.level) <= ORDER.indexOf(before.enforce.level);
  if (policy.enforce.level === 'privileged' || (relaxed && policy.enforce.version === before.enforce.version)) return ADMITTED;
  return { refused: undefined, warnings: existingPodWarnings(name, policy.enforce, lookup) };
}

function existingPodWarnings(namespace: string, level: LevelVersion, lookup: AdmissionLookup): string[] {
  const namesByReasons = new Map<string, string[]>();
  for (const pod of lookup.podsIn(namespace)) {
    const reasons = violationsOf(pod, level.level)
      .map((violation) => violation.reason)
      .join(', ');
    if (reasons !== '') namesByReasons.set(reasons, [...(namesByReasons.get(reasons) ?? []), pod.metadata.name]);
  }
  if (namesByReasons.size === 0) return [];
  const lines = [...namesByReasons].map(([reasons, names]) => {
    const more = names.length - 1;
    const others = more === 0 ? '' : ` (and ${String(more)} other ${more === 1 ? 'pod' : 'pods'})`;
    return `${[...names].sort()[0] ?? ''}${others}: ${reasons}`;
  });
  return [`existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${levelText(level)}"`, ...lines.sort()];
}
