/**
 * Who may do what: the cluster administrator everything, system components everything, others what RBAC objects allow.
 * Modelled on plugin/pkg/auth/authorizer/rbac (v1.37); knows no authentication.
 */
import { forbiddenStatus } from '../api/status.ts';
import type { Status } from '../api/status.ts';
import type { ApiObject } from './object.ts';
import type { Resource } from './resource.ts';
import type { Storage } from './storage.ts';

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Whoever uses /etc/kubernetes/admin.conf of a kubeadm cluster. */
export const ADMIN: User = { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] };

/** Controllers, scheduler and kubelets: their rights are not modelled. */
export const SYSTEM: User = { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] };

/** The user that `kubectl --as` names: service accounts get their groups as the authenticator would give them. */
export function impersonated(name: string, groups: readonly string[]): User {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  if (match === null) return { name, groups: [...groups, 'system:authenticated'] };
  return { name, groups: ['system:serviceaccounts', `system:serviceaccounts:${match[1] ?? ''}`, ...groups, 'system:authenticated'] };
}

export interface AccessRequest {
  readonly user: User;
  readonly verb: string;
  readonly resource: Resource;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface Binding extends ApiObject {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[];
}

interface Role extends ApiObject {
  readonly rules?: readonly Rule[];
}

const RBAC = 'rbac.authorization.k8s.io';

/** Whether the request is allowed. */
export function isAllowed(request: AccessRequest, storage: Storage): boolean {
  const { user } = request;
  if (user.groups.includes('system:masters') || user.groups.includes('kubeadm:cluster-admins')) return true;
  if (request.resource.plural.startsWith('selfsubject')) return true;
  for (const binding of storage.objects(`clusterrolebindings.${RBAC}`)) {
    if (grants(binding as Binding, request, { namespace: '', storage })) return true;
  }
  if (request.namespace === '') return false;
  for (const binding of storage.objects(`rolebindings.${RBAC}`, request.namespace)) {
    if (grants(binding as Binding, request, { namespace: request.namespace, storage })) return true;
  }
  return false;
}

function grants(binding: Binding, request: AccessRequest, place: { readonly namespace: string; readonly storage: Storage }): boolean {
  const { namespace, storage } = place;
  if (!(binding.subjects ?? []).some((subject) => isSubject(subject, request.user))) return false;
  const name = binding.roleRef?.name ?? '';
  const role = binding.roleRef?.kind === 'Role' ? storage.get(`roles.${RBAC}`, namespace, name) : storage.get(`clusterroles.${RBAC}`, '', name);
  return ((role as Role | undefined)?.rules ?? []).some((rule) => permits(rule, request));
}

function isSubject(subject: NonNullable<Binding['subjects']>[number], user: User): boolean {
  if (subject.kind === 'User') return subject.name === user.name;
  if (subject.kind === 'Group') return user.groups.includes(subject.name ?? '');
  return user.name === `system:serviceaccount:${subject.namespace ?? ''}:${subject.name ?? ''}`;
}

function permits(rule: Rule, request: AccessRequest): boolean {
  const has = (list: readonly string[] | undefined, value: string): boolean => list?.includes('*') === true || list?.includes(value) === true;
  const resource = request.subresource === '' ? request.resource.plural : `${request.resource.plural}/${request.subresource}`;
  const names = rule.resourceNames ?? [];
  return (
    has(rule.verbs, request.verb) &&
    has(rule.apiGroups, request.resource.group) &&
    has(rule.resources, resource) &&
    (names.length === 0 || names.includes(request.name))
  );
}

/** The refusal of a request that is not allowed; undefined when it is (responsewriters/errors.go Forbidden). */
export function refusal(request: AccessRequest, storage: Storage): Status | undefined {
  if (isAllowed(request, storage)) return undefined;
  const { resource, subresource, namespace, user, verb } = request;
  const what = subresource === '' ? resource.plural : `${resource.plural}/${subresource}`;
  const where = resource.namespaced && namespace !== '' ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const why = `User "${user.name}" cannot ${verb} resource "${what}" in API group "${resource.group}" ${where}`;
  return forbiddenStatus({ group: resource.group, resource: resource.plural }, request.name, why);
}
