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
/** Virtual milliseconds from news about a namespace that is being deleted to the work on it (namespaceDeletionGracePeriod). */
const DELETION_DELAY = 5_000;

/** What is said of each condition as long as nothing fails. */
const FINE = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  ['NamespaceDeletionContentFailure', 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
] as const;

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
      if (type === 'DELETED') return;
      if (object.metadata.deletionTimestamp === undefined) this.#queue.add(object.metadata.name);
      else this.#queue.addAfter(object.metadata.name, DELETION_DELAY);
    });
    storage.watch('serviceaccounts', ({ object, type }) => {
      if (type === 'DELETED' && object.metadata.name === 'default') this.#queue.add(object.metadata.namespace ?? '');
    });
    storage.watch('configmaps', ({ object, type }) => {
      if (type === 'DELETED' && object.metadata.name === 'kube-root-ca.crt') this.#queue.add(object.metadata.namespace ?? '');
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
    const estimate = this.#estimatedSeconds(namespace);
    const { storage } = this.#server;
    for (const pod of [...storage.objects('pods', name)])
      if (pod.metadata.deletionTimestamp === undefined) this.#server.delete('pods', name, pod.metadata.name, { user: SYSTEM });
    // The rest stays until the last Pod is gone.
    if ([...storage.objects('pods', name)].length > 0) {
      this.#report(namespace, estimate === 0);
      if (estimate > 0) this.#queue.addAfter(name, (Math.floor(estimate / 2) + 1) * 1000);
      else this.#queue.retry(name);
      return;
    }
    for (const resource of storage.resources()) {
      if (!resourceOfKey(resource).namespaced) continue;
      for (const object of [...storage.objects(resource, name)]) this.#server.removeNow(resource, name, object.metadata.name);
    }
    this.#queue.forget(name);
    this.#server.removeNow('namespaces', '', name);
  }

  /** How many seconds its Pods may still take: the longest grace period, or none when that has passed already. */
  #estimatedSeconds(namespace: Namespace): number {
    const pods = [...this.#server.storage.objects('pods', namespace.metadata.name)];
    const longest = Math.max(0, ...pods.map((pod) => pod.spec.terminationGracePeriodSeconds ?? 0));
    const passed = this.#server.simulation.wallClock - Date.parse(namespace.metadata.deletionTimestamp ?? '');
    return passed >= longest * 1000 ? 0 : longest;
  }

  /** Writes the conditions down where they are new: what is left over after its time is a failure, what is still ending is not. */
  #report(namespace: Namespace, late: boolean): void {
    const { name } = namespace.metadata;
    const now = this.#server.now();
    const before = namespace.status.conditions ?? [];
    const failure = `Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: ${name} for gvr: /v1, Resource=pods`;
    const conditions = FINE.map(([type, reason, message]): NamespaceCondition => {
      const failed = late && type === 'NamespaceDeletionContentFailure';
      const next = {
        message: failed ? failure : message,
        reason: failed ? 'ContentDeletionFailed' : reason,
        status: failed ? 'True' : 'False',
        type,
      };
      const known = before.find((condition) => condition.type === type);
      if (known?.status === next.status && known.message === next.message && known.reason === next.reason) return known;
      return { lastTransitionTime: now, ...next };
    });
    if (conditions.every((condition) => before.includes(condition))) return;
    this.#server.setStatus('namespaces', '', name, { ...namespace.status, conditions, phase: 'Terminating' });
  }
}
