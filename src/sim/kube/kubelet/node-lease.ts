/**
 * A node's signs of life: its Lease, renewed every ten seconds, and the heartbeats in its conditions. Modelled on
 * component-helpers apimachinery/lease/controller.go (v0.37) and pkg/kubelet/kubelet_node_status.go (v1.37).
 */
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { ApiObject, Lease } from '../apiserver/object.ts';
import { microTimeText } from '../apiserver/time-text.ts';

const KEY = 'leases.coordination.k8s.io';
const NAMESPACE = 'kube-node-lease';
const RENEW_PERIOD = 10_000;
/** nodeStatusReportFrequency: how often a status without changes is written. */
const REPORT_PERIOD = 300_000;
/** What the kubelet reports; NetworkUnavailable is flannel's. */
const REPORTED: ReadonlySet<string> = new Set(['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready']);

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

/** Writes the heartbeats of the node's conditions every five minutes from now on. */
export function keepReporting(server: ApiServer, nodeName: string): void {
  server.simulation.after(REPORT_PERIOD, () => {
    const status = server.storage.get('nodes', '', nodeName)?.status;
    if (status !== undefined) {
      const lastHeartbeatTime = server.now();
      const conditions = (status.conditions ?? []).map((each) => (REPORTED.has(each.type) ? { ...each, lastHeartbeatTime } : each));
      server.setStatus('nodes', '', nodeName, { ...status, conditions });
    }
    keepReporting(server, nodeName);
  });
}
