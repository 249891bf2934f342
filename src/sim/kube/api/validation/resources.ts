// Checks resource requests and limits.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateResourceRequirements and its helpers.

import type { ResourceRequirements } from '../types-resources.ts';
import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notFound, required } from '../field-error.ts';
import { canonicalQuantity, quantityNano } from '../quantity.ts';
import type { Quantity } from '../types-meta.ts';
import type { Unchecked } from '../unchecked.ts';
import { dnsLabelProblems, labelKeyProblems } from './names.ts';
import { NEGATIVE } from './handlers.ts';

const NANO = 1_000_000_000n;
const CONTAINER_RESOURCES: readonly string[] = ['cpu', 'memory', 'ephemeral-storage'];
const OTHER_STANDARD: readonly string[] = [
  'storage',
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'services.nodeports',
  'services.loadbalancers',
];

/** Errors of a container's (or, with other names allowed, a Pod's) requests and limits. */
export function resourceErrors(resources: Unchecked<ResourceRequirements> | undefined, claimNames: ReadonlySet<string>, field: string): FieldError[] {
  const limits = resources?.limits ?? {};
  const requests = resources?.requests ?? {};
  const errors = Object.entries(limits).flatMap(([name, limit]) => amountErrors(name, limit, `${field}.limits[${name}]`));
  for (const [name, request] of Object.entries(requests)) {
    errors.push(...amountErrors(name, request, `${field}.requests[${name}]`));
    errors.push(...requestErrors({ name, request, limit: limits[name], field }));
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(forbidden(field, 'HugePages require cpu or memory'));
  }
  return [...errors, ...claimErrors(resources, claimNames, `${field}.claims`)];
}

function amountErrors(name: string, amount: Quantity | undefined, field: string): FieldError[] {
  const nano = quantityNano(amount);
  const text = canonicalQuantity(amount ?? '0');
  return [
    ...resourceNameErrors(name, field),
    ...(nano < 0n ? [invalid(field, text, NEGATIVE)] : []),
    ...(isExtended(name) && nano % NANO !== 0n ? [invalid(field, text, 'must be an integer')] : []),
    ...(isHugePages(name) ? hugePageErrors(name, amount, field) : []),
  ];
}

function hugePageErrors(name: string, amount: Quantity | undefined, field: string): FieldError[] {
  const nano = quantityNano(amount);
  const text = canonicalQuantity(amount ?? '0');
  const page = quantityNano(name.slice('hugepages-'.length));
  if (page > 0n && nano > 0n && nano % page === 0n) return [];
  return page === 0n ? [] : [invalid(field, text, `${text} is not positive integer multiple of ${name}`)];
}

interface RequestCheck {
  readonly name: string;
  readonly request: Quantity | undefined;
  readonly limit: Quantity | undefined;
  readonly field: string;
}

function requestErrors({ name, request, limit, field }: RequestCheck): FieldError[] {
  const overcommit = isNative(name) && !isHugePages(name);
  if (limit === undefined) {
    return overcommit ? [] : [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const asked = quantityNano(request);
  const most = quantityNano(limit);
  const shown = canonicalQuantity(request ?? '0');
  const rest = `${name} limit of ${canonicalQuantity(limit)}`;
  if (asked !== most && !overcommit) return [invalid(`${field}.requests`, shown, `must be equal to ${rest}`)];
  return asked > most ? [invalid(`${field}.requests`, shown, `must be less than or equal to ${rest}`)] : [];
}

function resourceNameErrors(name: string, field: string): FieldError[] {
  const malformed = labelKeyProblems(name).map((problem) => invalid(field, name, problem));
  if (name.includes('/')) {
    if (isNative(name) || isExtended(name)) return malformed;
    return [...malformed, invalid(field, name, "doesn't follow extended resource name standard")];
  }
  if (CONTAINER_RESOURCES.includes(name) || isHugePages(name)) return malformed;
  const known = malformed.length > 0 || OTHER_STANDARD.includes(name) || name.startsWith('requests.hugepages-');
  return [
    ...malformed,
    ...(known ? [] : [invalid(field, name, 'must be a standard resource type or fully qualified')]),
    invalid(field, name, 'must be a standard resource for containers'),
  ];
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && labelKeyProblems(`requests.${name}`).length === 0;
}

function claimErrors(resources: Unchecked<ResourceRequirements> | undefined, claimNames: ReadonlySet<string>, field: string): FieldError[] {
  const seen = new Set<string>();
  return (resources?.claims ?? []).flatMap((claim, index) => {
    const path = `${field}[${String(index)}]`;
    const name = claim.name ?? '';
    const request = claim.request ?? '';
    if (name === '') return [required(path)];
    const key = request === '' ? name : `${name}/${request}`;
    const errors = seen.has(key) || seen.has(name) ? [duplicate(path, key)] : [];
    if (request !== '') errors.push(...dnsLabelProblems(request).map((problem) => invalid(`${path}.request`, request, problem)));
    seen.add(key);
    if (!claimNames.has(name)) {
      const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`;
      errors.push({
        ...notFound(path, name),
        detail: `must be one of the names in pod.spec.resourceClaims${known}`,
      });
    }
    return errors;
  });
}
