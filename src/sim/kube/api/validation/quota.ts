// Checks ResourceQuotas and LimitRanges.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateResourceQuota, ValidateLimitRange. Scopes are not judged.

import type { FieldError } from '../field-error.ts';
import { duplicate, invalid } from '../field-error.ts';
import { canonicalQuantity, quantityNano } from '../quantity.ts';
import type { LimitRange, LimitRangeItem, ResourceQuota } from '../types-quota.ts';
import type { Quantity } from '../types-meta.ts';
import type { Unchecked } from '../unchecked.ts';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTED = [
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const QUOTA_RESOURCES = new Set([...COUNTED, ...COMPUTE, 'requests.storage', ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`])]);
const LIMIT_TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const BILLION = 1_000_000_000n;

export function resourceQuotaErrors(quota: Unchecked<ResourceQuota>): FieldError[] {
  return Object.entries(quota.spec?.hard ?? {}).flatMap(([name, amount]) => {
    const field = `spec.hard[${name}]`;
    const nano = quantityNano(amount);
    return [
      ...(name.includes('/') || QUOTA_RESOURCES.has(name)
        ? []
        : ['must be a standard resource type or fully qualified', 'must be a standard resource for quota'].map((why) => invalid(field, name, why))),
      ...(nano < 0n ? [invalid(field, canonicalQuantity(amount), 'must be greater than or equal to 0')] : []),
      ...(COUNTED.includes(name) && nano % BILLION !== 0n ? [invalid(field, canonicalQuantity(amount), 'must be an integer')] : []),
    ];
  });
}

export function limitRangeErrors(range: Unchecked<LimitRange>): FieldError[] {
  const types = new Set<string>();
  return (range.spec?.limits ?? []).flatMap((item, index) => {
    const field = `spec.limits[${String(index)}]`;
    const type = item.type ?? '';
    const seen = types.has(type);
    types.add(type);
    return [
      ...(LIMIT_TYPES.includes(type) || type.includes('/')
        ? []
        : [invalid(`${field}.type`, type, 'must be a standard limit type or fully qualified')]),
      ...(seen ? [duplicate(`${field}.type`, type)] : []),
      ...itemErrors(item, field),
    ];
  });
}

type Bound = 'min' | 'max' | 'default' | 'defaultRequest';

/** What may not be greater than what, in upstream's order and words. */
const ORDER: readonly (readonly [Bound, Bound, string, string, Bound])[] = [
  ['min', 'max', 'min value', 'max value', 'min'],
  ['min', 'defaultRequest', 'min value', 'default request value', 'defaultRequest'],
  ['defaultRequest', 'max', 'default request value', 'max value', 'defaultRequest'],
  ['defaultRequest', 'default', 'default request value', 'default limit value', 'defaultRequest'],
  ['min', 'default', 'min value', 'default value', 'default'],
  ['default', 'max', 'default value', 'max value', 'default'],
];

function itemErrors(item: Unchecked<LimitRangeItem>, field: string): FieldError[] {
  const names = new Set(['max', 'min', 'default', 'defaultRequest'].flatMap((bound) => Object.keys(item[bound as Bound] ?? {})));
  return [...names].flatMap((name) =>
    ORDER.flatMap(([low, high, lowWords, highWords, at]) => {
      const [smaller, greater]: readonly (Quantity | undefined)[] = [item[low]?.[name], item[high]?.[name]];
      if (smaller === undefined || greater === undefined || quantityNano(smaller) <= quantityNano(greater)) return [];
      const shown = canonicalQuantity(item[at]?.[name] ?? '');
      return [
        invalid(
          `${field}.${at}[${name}]`,
          shown,
          `${lowWords} ${canonicalQuantity(smaller)} is greater than ${highWords} ${canonicalQuantity(greater)}`,
        ),
      ];
    }),
  );
}
