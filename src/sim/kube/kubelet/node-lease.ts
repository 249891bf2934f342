/** A node's sign of life: its Lease, renewed every ten seconds. Modelled on component-helpers apimachinery/lease/controller.go (v0.37). */
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { ApiObject, Lease } from '../apiserver/object.ts';
import { microTimeText } from '../apiserver/time-text.ts';

const KEY = 'leases.coordination.k8s.io';
const NAMESPACE = 'kube-node-lease';
const RENEW_PERIOD = 10_000;

/** Creates the node's Lease and renews it from now on. */
export function keepLease(server: ApiServer, nodeName: string): void {
  const renewTime = microTimeText(server.simulation.wallClock);
  const lease = server.storage.get(KEY, NAMESPACE, nodeName);
  if (lease === undefined) {
    const owner = server.storage.get('nodes', '', nodeName);
    const ownerReferences = owner === undefined ? [] : [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: owner.metadata.uid ?? '' }];
    const body = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: nodeName, ownerReferences },
      spec: { holderIdentity: nodeName, leaseDurationSeconds: 40, renewTime },
    };
    server.create(KEY, NAMESPACE, body as ApiObject, { user: SYSTEM });
  } else {
    const renewed: Lease = { ...lease, spec: { ...lease.spec, renewTime } };
    server.setMetadata(KEY, renewed, {});
  }
  server.simulation.after(RENEW_PERIOD, () => keepLease(server, nodeName));
}
