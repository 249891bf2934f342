// Checks how a Pod resolves names: dnsPolicy, dnsConfig and hostAliases.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validatePodDNSConfig, ValidateHostAliases.

import type { FieldError } from '../field-error.ts';
import { invalid, required } from '../field-error.ts';
import type { HostAlias, PodDNSConfig } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { legacyIpErrors } from './ip-address.ts';
import { dnsSubdomainProblems, underscoreSubdomainProblems } from './names.ts';

export const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_LENGTH = 2048;

export function dnsConfigErrors(config: Unchecked<PodDNSConfig> | undefined, policy: string, field: string): FieldError[] {
  if (policy === 'None') {
    if (config === undefined) return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if ((config.nameservers ?? []).length === 0) {
      return [required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
    }
  }
  const options = config?.options ?? [];
  return [
    ...nameserverErrors(config?.nameservers ?? [], `${field}.nameservers`),
    ...searchErrors(config?.searches ?? [], `${field}.searches`),
    ...options.flatMap((option, index) => ((option.name ?? '') === '' ? [required(`${field}.options[${String(index)}]`, 'must not be empty')] : [])),
  ];
}

function nameserverErrors(servers: readonly string[], field: string): FieldError[] {
  const many = servers.length > MAX_NAMESERVERS;
  return [
    ...(many ? [invalid(field, servers, `must not have more than ${String(MAX_NAMESERVERS)} nameservers`)] : []),
    ...servers.flatMap((server, index) => legacyIpErrors(`${field}[${String(index)}]`, server)),
  ];
}

function searchErrors(searches: readonly string[], field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (searches.length > MAX_SEARCHES) {
    errors.push(invalid(field, searches, `must not have more than ${String(MAX_SEARCHES)} search paths`));
  }
  if (searches.join(' ').length > MAX_SEARCH_LENGTH) {
    const limit = `must not have more than ${String(MAX_SEARCH_LENGTH)} characters (including spaces) in the search list`;
    errors.push(invalid(field, searches, limit));
  }
  searches.forEach((search, index) => {
    if (search === '.') return;
    const name = search.replace(/\.$/, '');
    const path = `${field}[${String(index)}]`;
    errors.push(...underscoreSubdomainProblems(name).map((problem) => invalid(path, name, problem)));
  });
  return errors;
}

export function hostAliasErrors(aliases: readonly Unchecked<HostAlias>[], field: string): FieldError[] {
  return aliases.flatMap((alias, index) => {
    const path = `${field}[${String(index)}]`;
    return [
      ...legacyIpErrors(`${path}.ip`, alias.ip ?? ''),
      ...(alias.hostnames ?? []).flatMap((name, nameIndex) =>
        dnsSubdomainProblems(name).map((problem) => invalid(`${path}.hostnames[${String(nameIndex)}]`, name, problem)),
      ),
    ];
  });
}
