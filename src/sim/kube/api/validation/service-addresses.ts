// Checks the cluster addresses of Services and the fields that depend on them.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateServiceClusterIPsRelatedFields, ValidateServiceUpdate.

import type { FieldError } from '../field-error.ts';
import { duplicate, invalid, notSupported, required } from '../field-error.ts';
import type { ServiceSpec } from '../types-core.ts';
import type { Unchecked } from '../unchecked.ts';
import { ipFamilyOf, legacyIpErrors } from './ip-address.ts';
import { sameJson } from './workload.ts';

type Spec = Unchecked<ServiceSpec>;

export function isHeadless(spec: Spec): boolean {
  const ips = spec.clusterIPs ?? [];
  return ips.length === 1 && ips[0] === 'None';
}

/** Errors of the cluster addresses and of the fields that depend on them (ValidateServiceClusterIPsRelatedFields). */
export function clusterIpErrors(spec: Spec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const ips = spec.clusterIPs ?? [];
  const families = spec.ipFamilies ?? [];
  const field = 'spec.clusterIPs';
  const errors = linkedIpErrors(spec, ips, field);
  families.forEach((family, index) => {
    const path = `spec.ipFamilies[${String(index)}]`;
    if (family !== 'IPv4' && family !== 'IPv6') errors.push(notSupported(path, family, ['IPv4', 'IPv6']));
    if (families.indexOf(family) < index) errors.push(duplicate(path, family));
  });
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  if (spec.ipFamilyPolicy !== undefined && !policies.includes(spec.ipFamilyPolicy)) {
    errors.push(notSupported('spec.ipFamilyPolicy', spec.ipFamilyPolicy, policies));
  }
  const malformed = ips.flatMap((ip, index) => {
    if (index !== 0 || ip !== 'None') return legacyIpErrors(`${field}[${String(index)}]`, ip);
    return ips.length > 1 ? [invalid(field, ips, "'None' must be the first and only value")] : [];
  });
  errors.push(...malformed);
  if (ips.length > 2) errors.push(invalid(field, ips, 'may only hold up to 2 values'));
  if (malformed.length > 0) return errors;
  if (ips.length > 1 && new Set(ips.map(ipFamilyOf)).size < 2) {
    errors.push(invalid(field, ips, 'may specify no more than one IP for each IP family'));
  }
  if (isHeadless(spec)) return errors;
  ips.slice(0, families.length).forEach((ip, index) => {
    const wanted = families[index] ?? '';
    if (ipFamilyOf(ip) === wanted || (wanted !== 'IPv4' && wanted !== 'IPv6')) return;
    errors.push(invalid(`${field}[${String(index)}]`, ip, `expected an ${wanted} value as indicated by \`ipFamilies[${String(index)}]\``));
  });
  return errors;
}

function linkedIpErrors(spec: Spec, ips: readonly string[], field: string): FieldError[] {
  const ip = spec.clusterIP ?? '';
  if (ip === '') return ips.length === 0 ? [] : [invalid(field, ips, 'must be empty when `clusterIP` is not specified')];
  if (ips.length === 0) return [required(field)];
  return ips[0] === ip ? [] : [invalid(field, ips, 'first value must match `clusterIP`')];
}

/** An address that was given cannot be exchanged for another. */
export function clusterIpChangeErrors(spec: Spec, old: Spec): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName' || (isHeadless(spec) && isHeadless(old))) return [];
  const now = spec.clusterIPs ?? [];
  const before = old.clusterIPs ?? [];
  const errors: FieldError[] = [];
  if (before.length > now.length && now.length === 0) {
    errors.push(invalid('spec.clusterIPs[0]', null, 'primary clusterIP can not be unset'));
  }
  before.slice(0, now.length === before.length ? before.length : 1).forEach((ip, index) => {
    if (now[index] === undefined || now[index] === ip) return;
    errors.push(invalid(`spec.clusterIPs[${String(index)}]`, now, 'may not change once set'));
  });
  const families = [spec.ipFamilies ?? [], old.ipFamilies ?? []] as const;
  if (isHeadless(spec) || isHeadless(old) || families[0].length !== families[1].length) return errors;
  if (!sameJson(families[0], families[1])) {
    errors.push(invalid('spec.ipFamilies[0]', families[0], 'may not change once set'));
  }
  return errors;
}
