// Checks labels, annotations and label selectors.
// Modelled on k8s.io/apimachinery pkg/apis/meta/v1/validation and pkg/api/validation (v1.37).

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, required, tooLong } from '../field-error.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../types-meta.ts';
import type { Unchecked } from '../unchecked.ts';
import { byteLength, labelKeyProblems, labelValueProblems } from './names.ts';

type StringMap = Readonly<Record<string, string>>;

const MAX_ANNOTATION_BYTES = 256 * 1024;

/** Errors of a map of labels; every error names the map, not the entry. */
export function labelErrors(labels: StringMap | undefined, field: string): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...labelKeyErrors(key, field),
    ...labelValueProblems(value).map((problem) => invalid(field, value, problem)),
  ]);
}

export function labelKeyErrors(key: string, field: string): FieldError[] {
  return labelKeyProblems(key).map((problem) => invalid(field, key, problem));
}

/** Annotation keys are judged in lower case, so upper case passes. */
export function annotationErrors(annotations: StringMap | undefined, field: string): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const errors = entries.flatMap(([key]) => labelKeyProblems(key.toLowerCase()).map((problem) => invalid(field, key, problem)));
  const size = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return size > MAX_ANNOTATION_BYTES ? [...errors, tooLong(field, MAX_ANNOTATION_BYTES)] : errors;
}

export function labelSelectorErrors(selector: Unchecked<LabelSelector> | undefined, field: string): FieldError[] {
  if (selector === undefined) return [];
  return [
    ...labelErrors(selector.matchLabels, `${field}.matchLabels`),
    ...(selector.matchExpressions ?? []).flatMap((requirement, index) =>
      requirementErrors(requirement, `${field}.matchExpressions[${String(index)}]`),
    ),
  ];
}

function requirementErrors(requirement: Unchecked<LabelSelectorRequirement>, field: string): FieldError[] {
  const values = requirement.values ?? [];
  return [
    ...operatorErrors(requirement.operator ?? '', values, field),
    ...labelKeyErrors(requirement.key ?? '', `${field}.key`),
    ...values.flatMap((value, index) => labelValueProblems(value).map((problem) => invalid(`${field}.values[${String(index)}]`, value, problem))),
  ];
}

function operatorErrors(operator: string, values: readonly string[], field: string): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return [];
      return [required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      if (values.length === 0) return [];
      return [forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    default:
      return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
  }
}
