// Defaults of Secrets, bindings of roles, and LimitRanges.
// Modelled on pkg/apis/core/v1/{defaults,conversion}.go and pkg/apis/rbac/v1/defaults.go (v1.37).

import type { Secret } from '../types-core.ts';
import type { LimitRange } from '../types-quota.ts';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../types-rbac.ts';
import type { Unchecked } from '../unchecked.ts';
import { orElse } from './container-defaults.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** stringData becomes data: it is never stored as it was written. */
export function withPlainData(secret: Unchecked<Secret>): Unchecked<Secret> {
  const { stringData, ...rest } = secret;
  const encoded = Object.fromEntries(Object.entries(stringData ?? {}).map(([key, value]) => [key, base64Of(value)]));
  const data = { ...rest.data, ...encoded };
  return { ...rest, ...(Object.keys(data).length === 0 ? {} : { data }), type: orElse(rest.type, 'Opaque') };
}

function base64Of(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** An empty list of rules is stored as none. */
export function withRules<R extends Unchecked<Role> | Unchecked<ClusterRole>>(role: R): R {
  return (role.rules ?? []).length === 0 ? ({ ...role, rules: null } as unknown as R) : role;
}

export function withRbacGroups<B extends Unchecked<RoleBinding> | Unchecked<ClusterRoleBinding>>(binding: B): B {
  return {
    ...binding,
    roleRef: { ...binding.roleRef, apiGroup: orElse(binding.roleRef?.apiGroup, RBAC) },
    ...(binding.subjects === undefined
      ? {}
      : {
          subjects: binding.subjects.map((subject) =>
            subject.kind === 'User' || subject.kind === 'Group' ? { ...subject, apiGroup: orElse(subject.apiGroup, RBAC) } : subject,
          ),
        }),
  };
}

/** What a container of its own limits lacks follows from the maximum; what it asks for, from the limit or the minimum. */
export function withLimitDefaults(range: Unchecked<LimitRange>): Unchecked<LimitRange> {
  const limits = (range.spec?.limits ?? []).map((item) => {
    if (item.type !== 'Container') return item;
    const byDefault = { ...item.max, ...item.default };
    const requested = { ...item.min, ...byDefault, ...item.defaultRequest };
    return {
      ...item,
      ...(Object.keys(byDefault).length === 0 ? {} : { default: byDefault }),
      ...(Object.keys(requested).length === 0 ? {} : { defaultRequest: requested }),
    };
  });
  return { ...range, spec: { ...range.spec, limits } };
}
