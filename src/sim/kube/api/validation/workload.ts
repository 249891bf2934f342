// Rules that the workload kinds share: selector and template belong together, and shares of Pods are numbers or percents.
// Modelled on pkg/apis/apps/validation/validation.go (v1.37).

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required } from '../field-error.ts';
import { matchesLabelSelector } from '../label-selector.ts';
import type { IntOrString, JsonObject, JsonValue, LabelSelector } from '../types-meta.ts';
import type { PodTemplateSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { labelSelectorErrors } from './labels.ts';
import { nonNegativeErrors } from './handlers.ts';
import { percentProblems } from './names.ts';
import { podTemplateErrors } from './pod-template.ts';

type Selector = Unchecked<LabelSelector> | undefined;
type Template = Unchecked<PodTemplateSpec> | undefined;

/** Errors of a selector that must be given and must select something; `kind` is upstream's word for the workload. */
export function mandatorySelectorErrors(selector: Selector, kind: string): FieldError[] {
  if (selector === undefined) return [required('spec.selector')];
  return [...labelSelectorErrors(selector, 'spec.selector'), ...emptySelectorErrors(selector, kind)];
}

export function emptySelectorErrors(selector: Unchecked<LabelSelector>, kind: string): FieldError[] {
  const parts = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length;
  return parts > 0 ? [] : [invalid('spec.selector', jsonOf(selector), `empty selector is invalid for ${kind}`)];
}

/** True when the selector can be turned into a query: a malformed one is reported instead of being matched. */
export function isUsableSelector(selector: Selector): boolean {
  return labelSelectorErrors(selector, '').length === 0;
}

/** The template's labels must satisfy the selector, or the workload would not find its own Pods. */
export function mismatchErrors(selector: Selector, template: Template): FieldError[] {
  const labels = template?.metadata?.labels;
  if (matchesLabelSelector(selector, labels)) return [];
  const shown = labels === undefined ? null : sortedMap(labels);
  return [invalid('spec.template.metadata.labels', shown, '`selector` does not match template `labels`')];
}

export interface TemplateRules {
  /** Upstream's name of the kind in its messages. */
  readonly kind: string;
}

/** Errors of a template whose Pods are meant to run for ever. */
export function runningTemplateErrors(template: Template, rules: TemplateRules): FieldError[] {
  return [...podTemplateErrors(template, 'spec.template'), ...foreverErrors(template, rules)];
}

/** Pods that must run for ever restart always and have no deadline. */
export function foreverErrors(template: Template, { kind }: TemplateRules): FieldError[] {
  const spec = template?.spec;
  const policy = spec?.restartPolicy ?? '';
  return [
    ...(policy === 'Always' ? [] : [notSupported('spec.template.spec.restartPolicy', policy, ['Always'])]),
    ...(spec?.activeDeadlineSeconds === undefined
      ? []
      : [forbidden('spec.template.spec.activeDeadlineSeconds', `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

/** Errors of "how many Pods": a whole number or a percentage. */
export function shareErrors(share: IntOrString, field: string): FieldError[] {
  if (typeof share === 'number') return nonNegativeErrors(share, field);
  return percentProblems(share).map((problem) => invalid(field, share, problem));
}

export function over100Errors(share: IntOrString, field: string): FieldError[] {
  const percent = typeof share === 'string' && /^\d+%$/.test(share) ? Number(share.slice(0, -1)) : 0;
  return percent > 100 ? [invalid(field, share, 'must not be greater than 100%')] : [];
}

export function shareValue(share: IntOrString): number {
  if (typeof share === 'number') return share;
  return /^\d+%$/.test(share) ? Number(share.slice(0, -1)) : 0;
}

/** A field that may not change after creation. */
export function immutableErrors(now: unknown, before: unknown, field: string): FieldError[] {
  const shown = jsonOf(now);
  return sameJson(shown, jsonOf(before)) ? [] : [invalid(field, shown, 'field is immutable')];
}

/** Deep equality that does not mind the order of keys, nor empty against absent. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item: JsonValue) => ordered(item) ?? null);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const inner = ordered(item);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return Object.fromEntries(entries.sort(([x], [y]) => (x < y ? -1 : 1)));
}

/** A decoded part as JSON: decoded objects consist of nothing else. */
export function jsonOf(value: unknown): JsonValue {
  return value === undefined ? null : (value as JsonValue);
}

function sortedMap(map: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
