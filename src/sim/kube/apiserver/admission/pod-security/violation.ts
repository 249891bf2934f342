// One way in which a Pod goes beyond a Pod Security level, and the words that all checks share.
// Modelled on k8s.io/pod-security-admission policy/helpers.go and visitor.go (v1.37).

import type { Container, Pod } from '../../../api/types-pod.ts';
import type { Unchecked } from '../../../api/unchecked.ts';

/** What a check looks at: a Pod, or a template in the place of one. */
export type Subject = Pick<Unchecked<Pod>, 'metadata' | 'spec'>;

export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

/** A check of one rule; undefined when the Pod keeps to it. */
export type Check = (subject: Subject) => Violation | undefined;

export type AnyContainer = Unchecked<Container>;

/** All containers, in the order in which messages list them. */
export function containersOf(subject: Subject): readonly AnyContainer[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = subject.spec ?? {};
  return [...initContainers, ...containers, ...ephemeralContainers];
}

export function quoted(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ');
}

export function plural(singular: string, count: number): string {
  return count === 1 ? singular : `${singular}s`;
}

/** `container "a"` or `containers "a", "b"`. */
export function containerWords(containers: readonly AnyContainer[]): string {
  return `${plural('container', containers.length)} ${quoted(containers.map((container) => container.name ?? ''))}`;
}

export function sortedSet(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

/** Who sets something: the Pod itself, its containers, or both. */
export function setters(pod: boolean, containers: readonly AnyContainer[]): string {
  return [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [containerWords(containers)] : [])].join(' and ');
}
