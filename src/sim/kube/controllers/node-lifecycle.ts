/**
 * Taints of nodes and what they do to Pods: cordoned nodes, NoExecute taints, Pods whose node is gone.
 * Modelled on pkg/controller/nodelifecycle, tainteviction and podgc (v1.37).
 */
import type { Node, Taint } from '../api/types-core.ts';
import type { Pod } from '../api/types-pod.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import { deepEqual } from '../apiserver/deep-equal.ts';
import { tolerates } from '../scheduler/node-affinity.ts';

const LATENCY = 10;
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
/** gc_controller.go: check period and how long a missing node is waited for. */
const ORPHAN_QUARANTINE = 60_000;
/** node_lifecycle_controller.go nodeMonitorPeriod: nodes that came or went are noticed at the next look. */
const MONITOR_PERIOD = 5_000;

export class NodeLifecycleController {
  readonly #server: ApiServer;
  readonly #events: EventRecorder;
  readonly #nodeEvents: EventRecorder;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#nodeEvents = new EventRecorder({ server, component: 'node-controller' });
    this.#events = new EventRecorder({ server, component: 'taint-eviction-controller' });
  }

  start(): void {
    const { storage, simulation } = this.#server;
    storage.watch('nodes', ({ object, type, previous }) => {
      if (type === 'DELETED') {
        simulation.after(MONITOR_PERIOD, () => this.#sayRemoved(object));
        for (const pod of storage.podsOnNode(object.metadata.name)) this.#watchOrphan(pod);
        return;
      }
      if (previous?.spec.unschedulable !== object.spec.unschedulable) simulation.after(LATENCY, () => this.#taintCordoned(object.metadata.name));
      if (previous?.spec.taints !== object.spec.taints) simulation.after(LATENCY, () => this.#evictFrom(object.metadata.name));
    });
    storage.watch('pods', ({ object, previous }) => {
      const node = object.spec.nodeName ?? '';
      if (node === '' || (previous?.spec.nodeName ?? '') === node) return;
      if (storage.get('nodes', '', node) === undefined) this.#watchOrphan(object);
      else simulation.after(LATENCY, () => this.#evictFrom(node));
    });
  }

  #sayRemoved(node: Node): void {
    const { name } = node.metadata;
    const message = `Node ${name} event: Removing Node ${name} from Controller`;
    this.#nodeEvents.record({ object: node, type: 'Normal', reason: 'RemovingNode', message });
  }

  #taintCordoned(name: string): void {
    const node = this.#server.storage.get('nodes', '', name);
    if (node === undefined) return;
    const others = (node.spec.taints ?? []).filter((taint) => taint.key !== UNSCHEDULABLE);
    const cordoned: Taint = { effect: 'NoSchedule', key: UNSCHEDULABLE, timeAdded: this.#server.now() };
    const known = (node.spec.taints ?? []).some((taint) => taint.key === UNSCHEDULABLE);
    if (known === (node.spec.unschedulable === true)) return;
    const taints = node.spec.unschedulable === true ? [...others, cordoned] : others;
    const { taints: _old, ...spec } = node.spec;
    const next: Node = { ...node, spec: taints.length === 0 ? spec : { ...spec, taints } };
    if (!deepEqual(next, node)) this.#server.setMetadata('nodes', next, {});
  }

  #evictFrom(name: string): void {
    const node = this.#server.storage.get('nodes', '', name);
    const taints = (node?.spec.taints ?? []).filter((taint) => taint.effect === 'NoExecute');
    if (taints.length === 0) return;
    for (const pod of this.#server.storage.podsOnNode(name)) this.#evict(pod, taints);
  }

  #evict(pod: Pod, taints: readonly Taint[]): void {
    if (pod.metadata.deletionTimestamp !== undefined || pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return;
    let wait = Number.POSITIVE_INFINITY;
    for (const taint of taints) {
      const covering = (pod.spec.tolerations ?? []).filter((toleration) => tolerates(toleration, taint));
      if (covering.length === 0) wait = 0;
      for (const toleration of covering)
        if (toleration.tolerationSeconds !== undefined) wait = Math.min(wait, Math.max(0, toleration.tolerationSeconds));
    }
    if (!Number.isFinite(wait)) return;
    const { namespace = '', name, uid } = pod.metadata;
    this.#server.simulation.after(wait * 1000, () => {
      const current = this.#server.storage.get('pods', namespace, name);
      if (current === undefined || current.metadata.uid !== uid || current.metadata.deletionTimestamp !== undefined) return;
      const node = this.#server.storage.get('nodes', '', current.spec.nodeName ?? '');
      if (!taints.some((taint) => node?.spec.taints?.some((each) => each.key === taint.key && each.effect === taint.effect) === true)) return;
      this.#events.record({
        object: current,
        type: 'Normal',
        reason: 'TaintManagerEviction',
        message: `Marking for deletion Pod ${namespace}/${name}`,
      });
      this.#server.delete('pods', namespace, name, { user: SYSTEM });
    });
  }

  #watchOrphan(pod: Pod): void {
    const { namespace = '', name, uid } = pod.metadata;
    this.#server.simulation.after(ORPHAN_QUARANTINE, () => {
      const current = this.#server.storage.get('pods', namespace, name);
      if (current === undefined || current.metadata.uid !== uid) return;
      if (this.#server.storage.get('nodes', '', current.spec.nodeName ?? '') === undefined) this.#server.removeNow('pods', namespace, name);
    });
  }
}
