// rbac.authorization.k8s.io/v1: roles and their bindings.
// Knows shapes only: no defaults, no rules.

import type { ObjectMeta } from './types-meta.ts';

export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

export interface RoleRef {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

export interface Subject {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

interface Rules<Kind extends string> {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly rules: readonly PolicyRule[] | null;
}

interface Binding<Kind extends string> {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly roleRef: RoleRef;
  readonly subjects?: readonly Subject[];
}

export type Role = Rules<'Role'>;
export type ClusterRole = Rules<'ClusterRole'>;
export type RoleBinding = Binding<'RoleBinding'>;
export type ClusterRoleBinding = Binding<'ClusterRoleBinding'>;
