// core/v1: ResourceQuota and LimitRange.
// Knows shapes only: no defaults, no rules.

import type { ObjectMeta, Quantity } from './types-meta.ts';

type Amounts = Readonly<Record<string, Quantity>>;

export interface ResourceQuota {
  readonly apiVersion: 'v1';
  readonly kind: 'ResourceQuota';
  readonly metadata: ObjectMeta;
  readonly spec: { readonly hard?: Amounts; readonly scopes?: readonly string[] };
  readonly status: { readonly hard?: Amounts; readonly used?: Amounts };
}

export interface LimitRangeItem {
  readonly default?: Amounts;
  readonly defaultRequest?: Amounts;
  readonly max?: Amounts;
  readonly maxLimitRequestRatio?: Amounts;
  readonly min?: Amounts;
  readonly type: string;
}

export interface LimitRange {
  readonly apiVersion: 'v1';
  readonly kind: 'LimitRange';
  readonly metadata: ObjectMeta;
  readonly spec: { readonly limits: readonly LimitRangeItem[] };
}
