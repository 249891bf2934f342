// Checks roles and their bindings.
// Modelled on pkg/apis/rbac/validation/validation.go (v1.37). Whether somebody may give these rights is not asked.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required } from '../field-error.ts';
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject } from '../types-rbac.ts';
import type { Unchecked } from '../unchecked.ts';
import { dnsSubdomainProblems } from './names.ts';
import { jsonOf, sameJson } from './workload.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** What a name may not be or have that becomes a part of a path (apimachinery pkg/api/validation/path). */
export function pathSegmentProblems(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((letter) => name.includes(letter)).map((letter) => `may not contain '${letter}'`);
}

export function roleErrors(role: Unchecked<Role> | Unchecked<ClusterRole>): FieldError[] {
  const own = role.kind === 'Role';
  const rules: readonly Unchecked<PolicyRule>[] = role.rules ?? [];
  return rules.flatMap((rule, index) => ruleErrors(rule, { field: `rules[${String(index)}]`, own }));
}

function ruleErrors(rule: Unchecked<PolicyRule>, { field, own }: { readonly field: string; readonly own: boolean }): FieldError[] {
  const count = (key: 'verbs' | 'apiGroups' | 'resources' | 'resourceNames' | 'nonResourceURLs'): number => (rule[key] ?? []).length;
  const errors = count('verbs') === 0 ? [required(`${field}.verbs`)] : [];
  if (count('nonResourceURLs') > 0) {
    const urls = jsonOf(rule.nonResourceURLs ?? []);
    if (own) errors.push(invalid(`${field}.nonResourceURLs`, urls, 'namespaced rules cannot apply to non-resource URLs'));
    if (count('apiGroups') + count('resources') + count('resourceNames') > 0)
      errors.push(invalid(`${field}.nonResourceURLs`, urls, 'rules cannot apply to both regular resources and non-resource URLs'));
    return errors;
  }
  if (count('apiGroups') === 0) errors.push(required(`${field}.apiGroups`, 'resource rules must supply at least one api group'));
  if (count('resources') === 0) errors.push(required(`${field}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

export function bindingErrors(binding: Unchecked<RoleBinding> | Unchecked<ClusterRoleBinding>): FieldError[] {
  const { roleRef, kind } = binding;
  const kinds = kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const name = roleRef?.name ?? '';
  return [
    ...(roleRef?.apiGroup === RBAC ? [] : [notSupported('roleRef.apiGroup', roleRef?.apiGroup ?? '', [RBAC])]),
    ...(kinds.includes(roleRef?.kind ?? '') ? [] : [notSupported('roleRef.kind', roleRef?.kind ?? '', kinds)]),
    ...(name === '' ? [required('roleRef.name')] : pathSegmentProblems(name).map((problem) => invalid('roleRef.name', name, problem))),
    ...(binding.subjects ?? []).flatMap((subject, index) =>
      subjectErrors(subject, { field: `subjects[${String(index)}]`, own: kind === 'RoleBinding' }),
    ),
  ];
}

function subjectErrors(subject: Unchecked<Subject>, { field, own }: { readonly field: string; readonly own: boolean }): FieldError[] {
  const { name = '', kind = '', apiGroup = '' } = subject;
  const errors = name === '' ? [required(`${field}.name`)] : [];
  switch (kind) {
    case 'ServiceAccount':
      for (const problem of name === '' ? [] : dnsSubdomainProblems(name)) errors.push(invalid(`${field}.name`, name, problem));
      if (apiGroup !== '') errors.push(notSupported(`${field}.apiGroup`, apiGroup, ['']));
      if (!own && (subject.namespace ?? '') === '') errors.push(required(`${field}.namespace`));
      return errors;
    case 'User':
    case 'Group':
      return apiGroup === RBAC ? errors : [...errors, notSupported(`${field}.apiGroup`, apiGroup, [RBAC])];
    default:
      return [...errors, notSupported(`${field}.kind`, kind, ['ServiceAccount', 'User', 'Group'])];
  }
}

export function bindingUpdateErrors(
  binding: Unchecked<RoleBinding> | Unchecked<ClusterRoleBinding>,
  old: Unchecked<RoleBinding> | Unchecked<ClusterRoleBinding>,
): FieldError[] {
  const changed = sameJson(binding.roleRef, old.roleRef) ? [] : [invalid('roleRef', jsonOf(binding.roleRef ?? {}), 'cannot change roleRef')];
  return [...bindingErrors(binding), ...changed];
}
