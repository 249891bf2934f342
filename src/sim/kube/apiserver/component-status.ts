/** The componentstatuses resource: nothing is stored, the server asks its components (pkg/registry/core/componentstatus, v1.37). Here they are always well. */
import type { ApiObject } from './object.ts';

export interface ComponentStatus extends ApiObject {
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly message: string; readonly error?: string }[];
}

/** Scheduler, controller manager and etcd, in the server's order. */
export function componentStatuses(): readonly ComponentStatus[] {
  return ['controller-manager', 'scheduler', 'etcd-0'].map((name) => ({
    apiVersion: 'v1',
    conditions: [{ message: 'ok', status: 'True', type: 'Healthy' }],
    kind: 'ComponentStatus',
    metadata: { name },
  }));
}
