// Checks node affinity, Pod affinity and topology spread constraints.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateAffinity, validateTopologySpreadConstraints.

import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { LabelSelector } from '../types-meta.ts';
import type {
  Affinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { labelKeyErrors, labelSelectorErrors } from './labels.ts';
import { dnsLabelProblems, dnsSubdomainProblems, labelValueProblems } from './names.ts';
import type { PlacementRules } from './pod-spec.ts';

const REQUIRED_TERMS = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED_TERMS = 'preferredDuringSchedulingIgnoredDuringExecution';

export function affinityErrors(affinity: Unchecked<Affinity> | undefined, field: string): FieldError[] {
  const node = affinity?.nodeAffinity;
  const errors: FieldError[] = [];
  const hard = node?.requiredDuringSchedulingIgnoredDuringExecution;
  if (hard !== undefined) errors.push(...nodeSelectorErrors(hard, `${field}.nodeAffinity.${REQUIRED_TERMS}`));
  (node?.preferredDuringSchedulingIgnoredDuringExecution ?? []).forEach((term, index) => {
    const path = `${field}.nodeAffinity.${PREFERRED_TERMS}[${String(index)}]`;
    errors.push(...weightErrors(term.weight ?? 0, path));
    errors.push(...nodeTermErrors(term.preference ?? {}, false, `${path}.preference`));
  });
  for (const key of ['podAffinity', 'podAntiAffinity'] as const) {
    errors.push(...podAffinityErrors(affinity?.[key], `${field}.${key}`));
  }
  return errors;
}

function weightErrors(weight: number, path: string): FieldError[] {
  return weight >= 1 && weight <= 100 ? [] : [invalid(`${path}.weight`, weight, 'must be in the range 1-100')];
}

function nodeSelectorErrors(selector: Unchecked<NodeSelector>, field: string): FieldError[] {
  const terms = selector.nodeSelectorTerms ?? [];
  const path = `${field}.nodeSelectorTerms`;
  if (terms.length === 0) return [required(path, 'must have at least one node selector term')];
  return terms.flatMap((term, index) => nodeTermErrors(term, true, `${path}[${String(index)}]`));
}

function nodeTermErrors(term: Unchecked<NodeSelectorTerm>, strict: boolean, field: string): FieldError[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((requirement, index) =>
      nodeRequirementErrors(requirement, strict, `${field}.matchExpressions[${String(index)}]`),
    ),
    ...(term.matchFields ?? []).flatMap((requirement, index) => nodeFieldErrors(requirement, `${field}.matchFields[${String(index)}]`)),
  ];
}

function nodeRequirementErrors(requirement: Unchecked<NodeSelectorRequirement>, strict: boolean, field: string): FieldError[] {
  const values = requirement.values ?? [];
  const checked = strict ? values : [];
  return [
    ...nodeOperatorErrors(requirement.operator ?? '', values.length, field),
    ...labelKeyErrors(requirement.key ?? '', `${field}.key`),
    ...checked.flatMap((value, index) => labelValueProblems(value).map((problem) => invalid(`${field}.values[${String(index)}]`, value, problem))),
  ];
}

function nodeOperatorErrors(operator: string, count: number, field: string): FieldError[] {
  const path = `${field}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0 ? [] : [required(path, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return count === 0 ? [] : [forbidden(path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return count === 1 ? [] : [required(path, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
  }
}

function nodeFieldErrors(requirement: Unchecked<NodeSelectorRequirement>, field: string): FieldError[] {
  const { key = '', operator = '', values = [] } = requirement;
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'));
  } else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(`${field}.values`, detail));
  }
  if (key !== 'metadata.name') return [...errors, invalid(`${field}.key`, key, 'not a valid field selector key')];
  values.forEach((value, index) => {
    errors.push(...dnsSubdomainProblems(value).map((problem) => invalid(`${field}.values[${String(index)}]`, value, problem)));
  });
  return errors;
}

function podAffinityErrors(affinity: Unchecked<PodAffinity> | undefined, field: string): FieldError[] {
  const hard = affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const soft = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...hard.flatMap((term, index) => podTermErrors(term, `${field}.${REQUIRED_TERMS}[${String(index)}]`)),
    ...soft.flatMap((term, index) => {
      const path = `${field}.${PREFERRED_TERMS}[${String(index)}]`;
      return [...weightErrors(term.weight ?? 0, path), ...podTermErrors(term.podAffinityTerm ?? {}, `${path}.podAffinityTerm`)];
    }),
  ];
}

function podTermErrors(term: Unchecked<PodAffinityTerm>, field: string): FieldError[] {
  const topologyKey = term.topologyKey ?? '';
  const { matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  return [
    ...labelSelectorErrors(term.labelSelector, `${field}.labelSelector`),
    ...labelSelectorErrors(term.namespaceSelector, `${field}.namespaceSelector`),
    ...(term.namespaces ?? []).flatMap((name) => dnsLabelProblems(name).map((problem) => invalid(`${field}.namespace`, name, problem))),
    ...matchKeyErrors(matchLabelKeys, term.labelSelector, `${field}.matchLabelKeys`),
    ...matchKeyErrors(mismatchLabelKeys, term.labelSelector, `${field}.mismatchLabelKeys`),
    ...matchLabelKeys.flatMap((key, index) =>
      mismatchLabelKeys.includes(key)
        ? [invalid(`${field}.matchLabelKeys[${String(index)}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys')]
        : [],
    ),
    ...(topologyKey === '' ? [required(`${field}.topologyKey`, 'can not be empty')] : []),
    ...labelKeyErrors(topologyKey, `${field}.topologyKey`),
  ];
}

function matchKeyErrors(keys: readonly string[], selector: Unchecked<LabelSelector> | undefined, field: string): FieldError[] {
  if (keys.length === 0) return [];
  if (selector === undefined) return [forbidden(field, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, index) => labelKeyErrors(key, `${field}[${String(index)}]`));
}

type Constraint = Unchecked<TopologySpreadConstraint>;

export function topologySpreadErrors(constraints: readonly Constraint[], field: string): FieldError[] {
  return constraints.flatMap((constraint, index) => {
    const path = `${field}[${String(index)}]`;
    const { topologyKey = '', whenUnsatisfiable = '', maxSkew = 0 } = constraint;
    const errors: FieldError[] = [];
    if (maxSkew <= 0) errors.push(invalid(`${path}.maxSkew`, maxSkew, 'must be greater than zero'));
    if (topologyKey === '') errors.push(required(`${path}.topologyKey`, 'can not be empty'));
    if (whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway') {
      errors.push(notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']));
    }
    const repeats = constraints
      .slice(index + 1)
      .some((other) => (other.topologyKey ?? '') === topologyKey && (other.whenUnsatisfiable ?? '') === whenUnsatisfiable);
    if (repeats) errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`));
    return [
      ...errors,
      ...minDomainErrors(constraint, whenUnsatisfiable, `${path}.minDomains`),
      ...policyErrors(constraint.nodeAffinityPolicy, `${path}.nodeAffinityPolicy`),
      ...policyErrors(constraint.nodeTaintsPolicy, `${path}.nodeTaintsPolicy`),
      ...matchKeyErrors(constraint.matchLabelKeys ?? [], constraint.labelSelector, `${path}.matchLabelKeys`),
      ...labelSelectorErrors(constraint.labelSelector, `${path}.labelSelector`),
    ];
  });
}

function minDomainErrors(constraint: Constraint, action: string, field: string): FieldError[] {
  const count = constraint.minDomains;
  if (count === undefined) return [];
  const errors = count > 0 ? [] : [invalid(field, count, 'must be greater than zero')];
  if (action === 'DoNotSchedule') return errors;
  return [...errors, invalid(field, count, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`)];
}

function policyErrors(policy: string | undefined, field: string): FieldError[] {
  return policy === undefined || policy === 'Honor' || policy === 'Ignore' ? [] : [notSupported(field, policy, ['Honor', 'Ignore'])];
}

/** Both, as the checks of a PodSpec ask for them. */
export const PLACEMENT: PlacementRules = { affinityErrors, topologySpreadErrors };
