/**
 * Ends namespaces that are being deleted: their content first, then themselves; and gives new ones what every namespace has.
 * Modelled on pkg/controller/namespace/deletion, pkg/controller/serviceaccount and certificates/rootcacertpublisher (v1.37).
 */
import type { Namespace, NamespaceCondition } from '../api/types-core.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { resourceOfKey } from '../apiserver/resource.ts';
import { WorkQueue } from './work-queue.ts';

const LATENCY = 20;
/** Virtual milliseconds until a namespace whose Pods are still ending is looked at again. */
const RECHECK = 1_000;

const CERTIFICATE_NOTE =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

export class NamespaceController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (name) => this.#sync(name));
  }

  start(): void {
    const { storage } = this.#server;
    for (const namespace of storage.objects('namespaces')) this.#queue.add(namespace.metadata.name);
    storage.watch('namespaces', ({ object, type }) => {
      if (type !== 'DELETED') this.#queue.add(object.metadata.name);
    });
    storage.watch('serviceaccounts', ({ object, type }) => {
      if (type === 'DELETED' && object.metadata.name === 'default') this.#queue.add(object.metadata.namespace ?? '');
    });
    storage.watch('configmaps', ({ object, type }) => {
      if (type === 'DELETED' && object.metadata.name === 'kube-root-ca.crt') this.#queue.add(object.metadata.namespace ?? '');
    });
    storage.watch('pods', ({ object, type }) => {
      if (type !== 'DELETED') return;
      const home = storage.get('namespaces', '', object.metadata.namespace ?? '');
      if (home?.metadata.deletionTimestamp !== undefined) this.#queue.add(home.metadata.name);
    });
  }

  #sync(name: string): void {
    const namespace = this.#server.storage.get('namespaces', '', name);
    if (namespace === undefined) return;
    if (namespace.metadata.deletionTimestamp === undefined) this.#furnish(name);
    else this.#finalize(namespace);
  }

  #furnish(name: string): void {
    const { storage } = this.#server;
    if (storage.get('serviceaccounts', name, 'default') === undefined) {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
      this.#server.create('serviceaccounts', name, account as ApiObject, { user: SYSTEM });
    }
    if (storage.get('configmaps', name, 'kube-root-ca.crt') === undefined) {
      const ca = storage.get('configmaps', 'kube-system', 'kube-root-ca.crt')?.data ?? {
        'ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
      };
      const metadata = { name: 'kube-root-ca.crt', annotations: { 'kubernetes.io/description': CERTIFICATE_NOTE } };
      this.#server.create('configmaps', name, { apiVersion: 'v1', kind: 'ConfigMap', data: ca, metadata } as ApiObject, { user: SYSTEM });
    }
  }

  #finalize(namespace: Namespace): void {
    const { name } = namespace.metadata;
    let left = 0;
    for (const resource of this.#server.storage.resources()) {
      if (!resourceOfKey(resource).namespaced) continue;
      for (const object of [...this.#server.storage.objects(resource, name)]) {
        const { metadata } = object as ApiObject;
        if (resource === 'pods') {
          if (metadata.deletionTimestamp === undefined) this.#server.delete('pods', name, metadata.name, { user: SYSTEM });
          if (this.#server.storage.get('pods', name, metadata.name) !== undefined) left++;
        } else if (resource !== 'events') this.#server.removeNow(resource, name, metadata.name);
      }
    }
    if (left > 0) {
      this.#report(namespace, left);
      this.#queue.addAfter(name, RECHECK);
      return;
    }
    for (const event of [...this.#server.storage.objects('events', name)]) this.#server.removeNow('events', name, event.metadata.name);
    this.#server.removeNow('namespaces', '', name);
  }

  #report(namespace: Namespace, pods: number): void {
    const now = this.#server.now();
    const known = (type: string): NamespaceCondition | undefined => namespace.status.conditions?.find((condition) => condition.type === type);
    const condition = (type: string, status: string, text: { readonly reason: string; readonly message: string }): NamespaceCondition => {
      const before = known(type);
      return {
        lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now,
        message: text.message,
        reason: text.reason,
        status,
        type,
      };
    };
    const remaining = `Some resources are remaining: pods. has ${String(pods)} resource instances`;
    const conditions = [
      condition('NamespaceDeletionDiscoveryFailure', 'False', { reason: 'ResourcesDiscovered', message: 'All resources successfully discovered' }),
      condition('NamespaceDeletionGroupVersionParsingFailure', 'False', {
        reason: 'ParsedGroupVersions',
        message: 'All legacy kube types successfully parsed',
      }),
      condition('NamespaceDeletionContentFailure', 'False', {
        reason: 'ContentDeleted',
        message: 'All content successfully deleted, may be waiting on finalization',
      }),
      condition('NamespaceContentRemaining', 'True', { reason: 'SomeResourcesRemain', message: remaining }),
      condition('NamespaceFinalizersRemaining', 'False', { reason: 'ContentHasNoFinalizers', message: 'All content-preserving finalizers finished' }),
    ];
    this.#server.setStatus('namespaces', '', namespace.metadata.name, { ...namespace.status, conditions, phase: 'Terminating' });
  }
}
