/**
 * Probes the containers of a node's Pods and remembers the results. Modelled on pkg/kubelet/prober/{worker,prober_manager,prober}.go
 * (v1.37): thresholds, initial values, holding after a liveness failure. One timer per probe.
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Timer } from '../../engine/simulation.ts';
import type { Container, Pod, Probe } from '../api/types-pod.ts';
import type { HandlerRunner } from './handler-runner.ts';
import type { PodEvents } from './pod-events.ts';

export type ProbeKind = 'liveness' | 'readiness' | 'startup';

const KINDS: readonly ProbeKind[] = ['startup', 'liveness', 'readiness'];
const TITLE: Readonly<Record<ProbeKind, string>> = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' };

export interface ProbedContainer {
  readonly pod: () => Pod;
  readonly container: Container;
  readonly containerId: string;
  readonly podIp: () => string;
}

interface Worker {
  readonly target: ProbedContainer;
  readonly kind: ProbeKind;
  readonly probe: Probe;
  readonly startedAt: number;
  result: boolean | undefined;
  lastOutcome: boolean | undefined;
  run: number;
  held: boolean;
  timer: Timer | undefined;
}

export class ProbeManager {
  readonly #simulation: Simulation;
  readonly #runner: HandlerRunner;
  readonly #events: PodEvents;
  readonly #changed: (uid: string) => void;
  /** container id → workers */
  readonly #workers = new Map<string, Map<ProbeKind, Worker>>();

  /** @param options changed is called with the Pod's uid when a result that matters has changed */
  constructor(options: {
    readonly simulation: Simulation;
    readonly runner: HandlerRunner;
    readonly events: PodEvents;
    readonly changed: (uid: string) => void;
  }) {
    this.#simulation = options.simulation;
    this.#runner = options.runner;
    this.#events = options.events;
    this.#changed = options.changed;
  }

  /** Begins to probe a container that has just started. */
  add(target: ProbedContainer): void {
    if (this.#workers.has(target.containerId)) return;
    const workers = new Map<ProbeKind, Worker>();
    for (const kind of KINDS) {
      const probe = probeOf(target.container, kind);
      if (probe === undefined) continue;
      const result = kind === 'readiness' ? false : kind === 'liveness' ? true : undefined;
      workers.set(kind, {
        target,
        kind,
        probe,
        startedAt: this.#simulation.now,
        result,
        lastOutcome: undefined,
        run: 0,
        held: false,
        timer: undefined,
      });
    }
    if (workers.size === 0) return;
    this.#workers.set(target.containerId, workers);
    for (const worker of workers.values()) this.#schedule(worker, 0);
  }

  /** Ends all probing of a container. */
  remove(containerId: string): void {
    for (const worker of this.#workers.get(containerId)?.values() ?? []) worker.timer?.cancel();
    this.#workers.delete(containerId);
  }

  /** Ends probes that could kill a container that is being stopped anyway. */
  removeKilling(containerId: string): void {
    const workers = this.#workers.get(containerId);
    for (const kind of ['liveness', 'startup'] as const) {
      workers?.get(kind)?.timer?.cancel();
      workers?.delete(kind);
    }
  }

  /** Whether a running container has started, as `started` says: at once without a startup probe. */
  isStarted(containerId: string): boolean {
    const worker = this.#workers.get(containerId)?.get('startup');
    return worker === undefined || worker.result === true;
  }

  /** Whether a running container is ready. */
  isReady(containerId: string): boolean {
    const worker = this.#workers.get(containerId)?.get('readiness');
    return this.isStarted(containerId) && (worker === undefined || worker.result === true);
  }

  /** The probe for which a running container has to be killed. */
  failedProbe(containerId: string): 'liveness' | 'startup' | undefined {
    const workers = this.#workers.get(containerId);
    if (workers?.get('liveness')?.result === false) return 'liveness';
    return workers?.get('startup')?.result === false ? 'startup' : undefined;
  }

  #schedule(worker: Worker, delay: number): void {
    worker.timer = this.#simulation.after(delay, () => this.#probe(worker));
  }

  #probe(worker: Worker): void {
    const { target, probe, kind } = worker;
    const period = (probe.periodSeconds ?? 10) * 1000;
    const initial = (probe.initialDelaySeconds ?? 0) * 1000;
    const waited = this.#simulation.now - worker.startedAt;
    if (waited < initial) {
      this.#schedule(worker, Math.ceil((initial - waited) / period) * period);
      return;
    }
    const started = this.isStarted(target.containerId);
    if (worker.held || (kind === 'startup') === started) {
      if (!worker.held && kind !== 'startup') this.#schedule(worker, period);
      return;
    }
    const timeoutSeconds = probe.timeoutSeconds ?? 1;
    this.#runner.run(probe, { container: target.container, containerId: target.containerId, podIp: target.podIp(), timeoutSeconds }, (result) => {
      if (this.#workers.get(target.containerId)?.get(kind) !== worker) return;
      if (result.kind === 'success') this.#note(worker, true);
      else {
        const title = TITLE[kind];
        const message =
          result.kind === 'error'
            ? `${title} probe errored and resulted in unknown state: ${result.output}`
            : `${title} probe failed: ${result.output}`;
        this.#events.container(target.pod(), { container: target.container.name, type: 'Warning', reason: 'Unhealthy', message });
        if (result.kind === 'failure') this.#note(worker, false);
      }
      if (!worker.held) this.#schedule(worker, period);
    });
  }

  #note(worker: Worker, outcome: boolean): void {
    worker.run = worker.lastOutcome === outcome ? worker.run + 1 : 1;
    worker.lastOutcome = outcome;
    const threshold = outcome ? (worker.probe.successThreshold ?? 1) : (worker.probe.failureThreshold ?? 3);
    if (worker.run < threshold) return;
    const changed = worker.result !== outcome;
    worker.result = outcome;
    if ((worker.kind === 'liveness' && !outcome) || worker.kind === 'startup') {
      worker.held = true;
      worker.run = 0;
    }
    if (changed) this.#changed(worker.target.pod().metadata.uid ?? '');
  }
}

function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  switch (kind) {
    case 'liveness':
      return container.livenessProbe;
    case 'readiness':
      return container.readinessProbe;
    case 'startup':
      return container.startupProbe;
  }
}
