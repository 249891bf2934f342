// Checks tolerations of a Pod and taints of a node.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateTolerations, validateNodeTaints.

import type { FieldError } from '../field-error.ts';
import { duplicate, invalid, notSupported, required } from '../field-error.ts';
import type { Taint } from '../types-core.ts';
import type { Toleration } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { labelKeyErrors } from './labels.ts';
import { labelValueProblems } from './names.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function tolerationErrors(tolerations: readonly Unchecked<Toleration>[], field: string): FieldError[] {
  return tolerations.flatMap((toleration, index) => {
    const path = `${field}[${String(index)}]`;
    const { key = '', operator = '', effect = '' } = toleration;
    const errors = key === '' ? [] : labelKeyErrors(key, `${path}.key`);
    if (key === '' && operator !== 'Exists') {
      const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${path}.operator`, operator, why));
    }
    if (toleration.tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    return [...errors, ...operatorErrors(operator, toleration.value ?? '', path), ...effectErrors(effect, true, `${path}.effect`)];
  });
}

// Lt and Gt exist behind a feature gate that is off by default, where upstream lists all four.
function operatorErrors(operator: string, value: string, path: string): FieldError[] {
  switch (operator) {
    case '':
    case 'Equal': {
      const problems = labelValueProblems(value);
      return problems.length === 0 ? [] : [invalid(`${path}.operator`, value, problems.join(';'))];
    }
    case 'Exists':
      return value === '' ? [] : [invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'")];
    case 'Lt':
    case 'Gt':
      return [notSupported(`${path}.operator`, operator, ['Equal', 'Exists', 'Lt', 'Gt'])];
    default:
      return [notSupported(`${path}.operator`, operator, ['Equal', 'Exists'])];
  }
}

function effectErrors(effect: string, mayBeEmpty: boolean, field: string): FieldError[] {
  if (effect === '') return mayBeEmpty ? [] : [required(field)];
  return EFFECTS.includes(effect) ? [] : [notSupported(field, effect, EFFECTS)];
}

export function taintErrors(taints: readonly Unchecked<Taint>[], field: string): FieldError[] {
  const seen = new Set<string>();
  return taints.flatMap((taint, index) => {
    const path = `${field}[${String(index)}]`;
    const { key = '', value = '', effect = '' } = taint;
    const errors = labelKeyErrors(key, `${path}.key`);
    const problems = labelValueProblems(value);
    if (problems.length > 0) errors.push(invalid(`${path}.value`, value, problems.join(';')));
    errors.push(...effectErrors(effect, false, `${path}.effect`));
    const pair = `${key}:${effect}`;
    if (seen.has(pair)) {
      const detail = 'taints must be unique by key and effect pair';
      errors.push({ ...duplicate(path, { key, value, effect }), detail });
    }
    seen.add(pair);
    return errors;
  });
}
