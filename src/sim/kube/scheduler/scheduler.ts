/**
 * The scheduler: takes waiting Pods one by one, filters and scores the nodes, binds, or says why none fits.
 * Modelled on pkg/scheduler (v1.37). Knows only API objects; a bound Pod is its node's kubelet's business.
 */
import type { ApiServer } from '../apiserver/api-server.ts';
import { SeriesRecorder } from '../apiserver/event-recorder.ts';
import { keyOf } from '../apiserver/object.ts';
import type { WatchEvent } from '../apiserver/storage.ts';
import type { Node } from '../api/types-core.ts';
import type { Pod } from '../api/types-pod.ts';
import { filterNode } from './filter.ts';
import type { FilterPlugin, FilterResult } from './filter-result.ts';
import { NodeInfo } from './node-info.ts';
import { namedNodes } from './node-affinity.ts';
import { PodRelations } from './pod-relations.ts';
import { findPreemption } from './preemption.ts';
import { nodeChangeHelps, podRemovalHelps } from './queueing-hints.ts';
import { failureMessage, rejectors } from './scheduling-failure.ts';
import type { Rejection } from './scheduling-failure.ts';
import { scoreNodes } from './score.ts';
import { missingClaim } from './volume-claims.ts';

/** Virtual milliseconds from a Pod's appearance to its scheduling cycle, and per further Pod in line. */
const LATENCY = 12;
const CYCLE = 2;
/** podInitialBackoffSeconds and podMaxBackoffSeconds. */
const FIRST_BACKOFF = 1_000;
const MAX_BACKOFF = 10_000;
/** DefaultPodMaxInUnschedulablePodsDuration. */
const LEFTOVER = 300_000;

const NAME = 'default-scheduler';

interface Waiting {
  readonly key: string;
  attempts: number;
  /** Virtual time of the last failure. */
  failedAt: number;
  rejectors: ReadonlySet<FilterPlugin> | undefined;
  queued: boolean;
}

export class Scheduler {
  readonly #server: ApiServer;
  readonly #events: SeriesRecorder;
  readonly #nodes = new Map<string, NodeInfo>();
  readonly #relations: PodRelations;
  /** uid → node name, of the Pods counted in #nodes. */
  readonly #placed = new Map<string, string>();
  /** Pods with required anti-affinity, by uid. */
  readonly #guarded = new Map<string, Pod>();
  readonly #waiting = new Map<string, Waiting>();
  /** Those of #waiting that found no node so far; only they can be helped by a change. */
  readonly #refused = new Set<Waiting>();
  readonly #active: string[] = [];
  #running = false;
  /** Where the search for nodes begins, so that all get their turn (nextStartNodeIndex). */
  #start = 0;

  constructor(server: ApiServer, instance = `${NAME}-server4-master`) {
    this.#server = server;
    this.#events = new SeriesRecorder({ server, component: NAME, instance });
    this.#relations = new PodRelations(this.#nodes, () => this.#guardedPods());
  }

  /** Begins to watch; Pods and nodes that exist already are taken in. */
  start(): void {
    const { storage } = this.#server;
    for (const node of storage.objects('nodes')) this.#nodeChanged({ type: 'ADDED', object: node, previous: undefined });
    for (const pod of storage.sorted('pods')) this.#podChanged({ type: 'ADDED', object: pod, previous: undefined });
    storage.watch('nodes', (event) => this.#nodeChanged(event));
    storage.watch('pods', (event) => this.#podChanged(event));
  }

  *#guardedPods(): Generator<{ readonly pod: Pod; readonly info: NodeInfo }> {
    for (const [uid, pod] of this.#guarded) {
      const info = this.#nodes.get(this.#placed.get(uid) ?? '');
      if (info !== undefined) yield { pod, info };
    }
  }

  #nodeChanged(event: WatchEvent<Node>): void {
    const { object, previous, type } = event;
    const { name } = object.metadata;
    if (type === 'DELETED') {
      this.#nodes.delete(name);
      return;
    }
    const info = this.#nodes.get(name);
    if (info === undefined) this.#addNode(object);
    else if (info.node !== object) info.setNode(object);
    if (
      previous !== undefined &&
      previous.spec === object.spec &&
      previous.metadata.labels === object.metadata.labels &&
      previous.status.allocatable === object.status.allocatable
    )
      return;
    this.#wake((plugin, pod) => nodeChangeHelps(plugin, pod, { node: object, previous }));
  }

  #addNode(node: Node): void {
    const info = new NodeInfo(node);
    this.#nodes.set(node.metadata.name, info);
    for (const pod of this.#server.storage.podsOnNode(node.metadata.name)) this.#place(pod);
  }

  #podChanged({ object: pod, type, previous }: WatchEvent<Pod>): void {
    const uid = pod.metadata.uid ?? '';
    const ended = type === 'DELETED' || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    const key = keyOf(pod.metadata);
    if (ended) {
      this.#waiting.delete(key);
      if (!this.#placed.has(uid)) return;
      this.#nodes.get(this.#placed.get(uid) ?? '')?.removePod(uid);
      this.#placed.delete(uid);
      this.#guarded.delete(uid);
      this.#wake((plugin, waiting) => podRemovalHelps(plugin, waiting, pod));
      return;
    }
    if ((pod.spec.nodeName ?? '') !== '') {
      this.#waiting.delete(key);
      if (!this.#placed.has(uid)) this.#place(pod);
      return;
    }
    if (pod.spec.schedulerName !== undefined && pod.spec.schedulerName !== NAME) return;
    if (pod.metadata.deletionTimestamp !== undefined) return;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) {
      this.#waiting.set(key, { key, attempts: 0, failedAt: 0, rejectors: undefined, queued: false });
      this.#enqueue(key, LATENCY);
    } else if (previous !== undefined && becameSchedulable(previous, pod)) this.#enqueue(key, LATENCY);
  }

  #place(pod: Pod): void {
    const info = this.#nodes.get(pod.spec.nodeName ?? '');
    const uid = pod.metadata.uid ?? '';
    if (info === undefined || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return;
    info.addPod(pod);
    this.#placed.set(uid, pod.spec.nodeName ?? '');
    if ((pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).length > 0) this.#guarded.set(uid, pod);
    if (this.#waiting.size > 0) this.#wakeFor('InterPodAffinity');
  }

  #wakeFor(wanted: FilterPlugin): void {
    this.#wake((plugin) => plugin === wanted);
  }

  /** Lets Pods try again that a change may help, after what is left of their backoff. */
  #wake(helps: (plugin: FilterPlugin, pod: Pod) => boolean): void {
    for (const waiting of this.#refused) {
      if (this.#waiting.get(waiting.key) !== waiting) {
        this.#refused.delete(waiting);
        continue;
      }
      if (waiting.queued || waiting.rejectors === undefined) continue;
      const pod = this.#podOf(waiting.key);
      if (pod === undefined) continue;
      if (![...waiting.rejectors].some((plugin) => helps(plugin, pod))) continue;
      const backoff = Math.min(MAX_BACKOFF, FIRST_BACKOFF * 2 ** (waiting.attempts - 1));
      this.#enqueue(waiting.key, Math.max(LATENCY, waiting.failedAt + backoff - this.#server.simulation.now));
    }
  }

  #enqueue(key: string, delay: number): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined || waiting.queued) return;
    waiting.queued = true;
    this.#server.simulation.after(delay, () => {
      this.#active.push(key);
      this.#run();
    });
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    this.#server.simulation.after(0, () => this.#next());
  }

  #next(): void {
    const key = this.#active.shift();
    if (key === undefined) {
      this.#running = false;
      return;
    }
    const waiting = this.#waiting.get(key);
    const pod = this.#podOf(key);
    if (waiting !== undefined) waiting.queued = false;
    if (waiting !== undefined && pod !== undefined && (pod.spec.nodeName ?? '') === '' && pod.metadata.deletionTimestamp === undefined)
      this.#schedule(pod, waiting);
    this.#server.simulation.after(CYCLE, () => this.#next());
  }

  #podOf(key: string): Pod | undefined {
    const slash = key.indexOf('/');
    return this.#server.storage.get('pods', key.slice(0, slash), key.slice(slash + 1));
  }

  #schedule(pod: Pod, waiting: Waiting): void {
    if ((pod.spec.schedulingGates ?? []).length > 0) {
      this.#setCondition(pod, 'SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates');
      return;
    }
    const candidates = this.#candidates(pod);
    const preFilter = missingClaim(pod, this.#server.storage);
    const results: FilterResult[] = [];
    const refusedBy = new Map<NodeInfo, FilterResult>();
    const fitting: NodeInfo[] = [];
    for (const info of preFilter === undefined ? candidates : []) {
      const refusal = filterNode(pod, info, this.#relations);
      if (refusal === undefined) fitting.push(info);
      else {
        results.push(refusal);
        refusedBy.set(info, refusal);
      }
    }
    const chosen = this.#best(pod, fitting);
    if (chosen !== undefined) {
      this.#bind(pod, chosen);
      return;
    }
    const preemptionNever = pod.spec.preemptionPolicy === 'Never';
    const rejection: Rejection = { results, allNodes: this.#nodes.size, leftOut: this.#nodes.size - candidates.length, preFilter, preemptionNever };
    this.#fail(pod, waiting, rejection);
    if (!preemptionNever) this.#preempt(pod, refusedBy);
  }

  #candidates(pod: Pod): NodeInfo[] {
    const all = [...this.#nodes.values()];
    const turned = [...all.slice(this.#start), ...all.slice(0, this.#start)];
    if (all.length > 0) this.#start = (this.#start + 1) % all.length;
    const named = namedNodes(pod.spec);
    return named === undefined ? turned : turned.filter((info) => named.has(info.node.metadata.name));
  }

  #best(pod: Pod, fitting: readonly NodeInfo[]): NodeInfo | undefined {
    if (fitting.length < 2) return fitting[0];
    const scores = scoreNodes(pod, fitting, this.#relations);
    const most = Math.max(...scores);
    return this.#server.simulation.random.pick(fitting.filter((_info, index) => scores[index] === most));
  }

  #bind(pod: Pod, info: NodeInfo): void {
    const { namespace = '', name } = pod.metadata;
    const node = info.node.metadata.name;
    this.#waiting.delete(keyOf(pod.metadata));
    if (this.#server.bind(namespace, name, node) !== undefined) return;
    this.#events.record({
      object: pod,
      type: 'Normal',
      reason: 'Scheduled',
      action: 'Binding',
      message: `Successfully assigned ${namespace}/${name} to ${node}`,
    });
    this.#server.simulation.record('pod.scheduled', { namespace, name, node });
  }

  #fail(pod: Pod, waiting: Waiting, rejection: Rejection): void {
    const message = failureMessage(rejection);
    waiting.attempts += 1;
    waiting.failedAt = this.#server.simulation.now;
    waiting.rejectors = rejectors(rejection);
    this.#refused.add(waiting);
    this.#events.record({ object: pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message });
    this.#setCondition(pod, 'Unschedulable', message);
    const { attempts } = waiting;
    this.#server.simulation.after(LEFTOVER, () => {
      if (this.#waiting.get(waiting.key) === waiting && waiting.attempts === attempts) this.#enqueue(waiting.key, 0);
    });
  }

  #setCondition(pod: Pod, reason: string, message: string): void {
    const { namespace = '', name, generation } = pod.metadata;
    const others = (pod.status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
    const known = (pod.status.conditions ?? []).find((condition) => condition.type === 'PodScheduled');
    const lastTransitionTime = known?.status === 'False' ? known.lastTransitionTime : this.#server.now();
    const condition = {
      lastProbeTime: null,
      lastTransitionTime,
      message,
      // The gates' condition is the API server's, at creation (registry/core/pod/strategy.go applySchedulingGatedCondition).
      ...(reason === 'SchedulingGated' ? {} : { observedGeneration: generation }),
      reason,
      status: 'False',
      type: 'PodScheduled',
    };
    this.#server.setStatus('pods', namespace, name, { ...pod.status, conditions: [...others, condition] });
  }

  #preempt(pod: Pod, refusedBy: ReadonlyMap<NodeInfo, FilterResult>): void {
    const plan = findPreemption(pod, refusedBy);
    if (plan === undefined) return;
    for (const victim of plan.victims) {
      const { namespace = '', name } = victim.metadata;
      this.#events.record({
        object: victim,
        type: 'Normal',
        reason: 'Preempted',
        action: 'Preempting',
        message: `Preempted by pod ${pod.metadata.uid ?? ''} on node ${plan.node}`,
      });
      this.#server.delete('pods', namespace, name);
    }
    const { namespace = '', name } = pod.metadata;
    const current = this.#podOf(keyOf(pod.metadata)) ?? pod;
    this.#server.setStatus('pods', namespace, name, { ...current.status, nominatedNodeName: plan.node });
  }
}

/** Whether a change of a waiting Pod itself may help it: its gates are gone, or it tolerates more. */
function becameSchedulable(before: Pod, now: Pod): boolean {
  const count = (pod: Pod, list: 'schedulingGates' | 'tolerations'): number => (pod.spec[list] ?? []).length;
  return (count(before, 'schedulingGates') > 0 && count(now, 'schedulingGates') === 0) || count(now, 'tolerations') > count(before, 'tolerations');
}
