// Decides whether labels match a LabelSelector, as controllers and `kubectl -l` see it.
// Modelled on k8s.io/apimachinery pkg/apis/meta/v1/helpers.go and pkg/labels (v1.37); validates nothing.

import type { LabelSelector, LabelSelectorRequirement } from './types-meta.ts';
import type { Unchecked } from './unchecked.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * True when the labels satisfy every part of the selector. No selector matches nothing, an empty one everything;
 * an unknown operator makes the selector match nothing.
 */
export function matchesLabelSelector(selector: Unchecked<LabelSelector> | undefined, labels: Labels | undefined): boolean {
  if (selector === undefined) return false;
  const present = labels ?? {};
  const pairs = Object.entries(selector.matchLabels ?? {});
  return (
    pairs.every(([key, value]) => present[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => meetsRequirement(requirement, present))
  );
}

function meetsRequirement(requirement: Unchecked<LabelSelectorRequirement>, labels: Labels): boolean {
  const value = labels[requirement.key ?? ''];
  const listed = value !== undefined && (requirement.values ?? []).includes(value);
  switch (requirement.operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
