/**
 * Looks after one Pod of the node from its arrival to its end: one sync at a time, again whenever something has changed.
 * Modelled on pkg/kubelet/{pod_workers.go, kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod} and
 * kuberuntime_manager.go SyncPod (v1.37). Knows the runtime only through CRI.
 */
import type { Timer } from '../../engine/simulation.ts';
import type { Pod } from '../api/types-pod.ts';
import type { PodStatus } from '../api/types-pod-status.ts';
import type { CriError, PodSandbox } from '../cri/runtime.ts';
import { ContainerKiller } from './container-killer.ts';
import type { PodFacts } from './downward-value.ts';
import { forgetSandbox } from './forget-sandbox.ts';
import { criErrorText } from './image-puller.ts';
import type { NodeServices } from './node-services.ts';
import { podActions } from './pod-actions.ts';
import type { PodActions } from './pod-actions.ts';
import { PodContainers } from './pod-containers.ts';
import { podStatus } from './pod-status.ts';
import { runtimeStatus, seenStatus } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';
import { makeSandbox } from './sandbox-maker.ts';
import type { Eviction } from './active-deadline.ts';
import { evictedStatus, watchDeadline } from './active-deadline.ts';
import { VolumeMounter } from './volume-mounter.ts';

/** pod_workers.go: pause after a failed sync, and its jitter. */
const ERROR_PAUSE = 10_000;
const MAX_PAUSE = 60_000;
const JITTER = 0.5;
/** kubelet.go syncCh: due work is looked for once a second; where in the second is this kubelet's habit. */
const SYNC_PERIOD = 1_000;
const SYNC_PHASE = 300;
/** Virtual milliseconds until a relist that a finished sync asked for. */
const RELIST = 15;
/** Virtual milliseconds from the last container's end to the Pod's removal from the API. */
const CLEAN_UP = 60;

export interface WorkerHooks {
  /** Hands a new status to the API. */
  readonly publish: (status: PodStatus) => void;
  /** The Pod is done with and wanted gone: delete it from the API. */
  readonly finished: () => void;
}

export class PodWorker {
  readonly #services: NodeServices;
  readonly #hooks: WorkerHooks;
  readonly #isStatic: boolean;
  readonly #containers: PodContainers;
  readonly #killer: ContainerKiller;
  readonly #volumes: VolumeMounter;
  readonly #startTime: string;
  #pod: Pod;
  #status: PodStatus;
  #sandboxId: string | undefined;
  /** The sandbox before this one; its containers still count as restarts. */
  #oldSandboxId: string | undefined;
  #attempt = 0;
  #mounting = false;
  /** The phase the API showed when the present sync began. */
  #apiPhase: PodStatus['phase'];
  #syncing = false;
  #again = false;
  #timer: Timer | undefined;
  #phase: 'syncing' | 'terminating' | 'terminated' = 'syncing';
  /** Seconds; set once termination is asked for. */
  #grace: number | undefined;
  /** The Pod is to vanish from the API at its end, not only to stop. */
  #deleting = false;
  #evicted: Eviction | undefined;

  constructor(pod: Pod, services: NodeServices, hooks: WorkerHooks & { readonly isStatic: boolean }) {
    this.#pod = pod;
    this.#services = services;
    this.#hooks = hooks;
    this.#isStatic = hooks.isStatic;
    this.#status = pod.status;
    this.#containers = new PodContainers(services);
    this.#killer = new ContainerKiller(services);
    this.#volumes = new VolumeMounter(services);
    this.#startTime = services.server.now();
  }

  get pod(): Pod {
    return this.#pod;
  }

  get status(): PodStatus {
    return this.#status;
  }

  get sandboxId(): string | undefined {
    return this.#sandboxId;
  }

  /** Whether nothing of the Pod runs any more. */
  get isTerminated(): boolean {
    return this.#phase === 'terminated';
  }

  /** Begins to look after the Pod. */
  start(): void {
    this.#watchDeadline();
    this.notice();
  }

  #watchDeadline(): void {
    const { activeDeadlineSeconds } = this.#pod.spec;
    watchDeadline(this.#services, this.#pod, () => {
      // A later version of the Pod may have another deadline, which is watched as well.
      if (this.#phase !== 'syncing' || this.#grace !== undefined || this.#pod.spec.activeDeadlineSeconds !== activeDeadlineSeconds) return undefined;
      return (graceSeconds, evicted) => this.terminate(graceSeconds, evicted);
    });
  }

  /** Takes a newer version of the Pod; status changes alone need no sync. */
  update(pod: Pod): void {
    const before = this.#pod;
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined) {
      const grace = Math.max(1, pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30);
      this.terminate(grace);
      return;
    }
    if (before.spec.activeDeadlineSeconds !== pod.spec.activeDeadlineSeconds) this.#watchDeadline();
    if (before.spec !== pod.spec || before.metadata.labels !== pod.metadata.labels || before.metadata.annotations !== pod.metadata.annotations)
      this.notice();
  }

  /** Something about the Pod's containers or probes has changed. */
  notice(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#syncing && this.#mounting && this.#grace !== undefined) {
      this.#mounting = false;
      this.#syncing = false;
    }
    if (this.#syncing) {
      this.#again = true;
      return;
    }
    this.#sync();
  }

  /** Ends the Pod with this grace period; a shorter one later counts. */
  terminate(graceSeconds: number, evicted?: Eviction): void {
    if (evicted === undefined) this.#deleting = true;
    else this.#evicted = evicted;
    if (this.#grace !== undefined) {
      const shorter = graceSeconds < this.#grace;
      this.#grace = Math.min(this.#grace, graceSeconds);
      if (this.#phase === 'terminated' && this.#deleting) this.#finish();
      else if (shorter && this.#phase === 'terminating') this.#hurry();
      return;
    }
    this.#grace = graceSeconds;
    if (this.#phase === 'terminated' && this.#deleting) this.#finish();
    else if (this.#phase === 'syncing') this.notice();
  }

  #runtime(): RuntimeStatus {
    return runtimeStatus(this.#services.runtime, this.#sandboxId, this.#oldSandboxId);
  }

  /** What a sync sees; ends that are too fresh to be seen are looked for at the next relist. */
  #seen(): RuntimeStatus {
    const { status, lagging } = seenStatus(this.#runtime(), this.#services.simulation.now);
    if (lagging) this.#services.noticeLater(this.#pod.metadata.uid ?? '');
    return status;
  }

  #facts(runtime: RuntimeStatus): PodFacts {
    const ips = this.#pod.spec.hostNetwork === true ? [this.#services.hostIp] : runtime.ips;
    return { ips, hostIp: this.#services.hostIp, allocatable: this.#services.allocatable() };
  }

  #report(runtime: RuntimeStatus, terminal: boolean): void {
    const { server, simulation, probes, hostIp } = this.#services;
    const status = podStatus(this.#pod, {
      runtime,
      previous: this.#status,
      failures: this.#containers.failures,
      probes,
      terminal,
      isStatic: this.#isStatic,
      hadSandbox: this.#attempt > 0,
      startTime: this.#startTime,
      hostIp,
      now: server.now(),
      epoch: simulation.epoch,
      apiPhase: this.#apiPhase,
    });
    this.#status = evictedStatus(this.#services, this.#pod, { status, evicted: this.#evicted, runtime });
    this.#hooks.publish(this.#status);
  }

  #sync(): void {
    if (this.#phase !== 'syncing') return;
    this.#apiPhase = this.#pod.status.phase;
    if (this.#grace !== undefined) {
      this.#terminating(this.#grace);
      return;
    }
    this.#syncing = true;
    const runtime = this.#seen();
    this.#report(runtime, false);
    if (this.#status.phase === 'Succeeded' || this.#status.phase === 'Failed') {
      this.#syncing = false;
      this.#terminating(this.#pod.spec.terminationGracePeriodSeconds ?? 30);
      return;
    }
    this.#mounting = true;
    this.#volumes.mount(this.#pod, this.#facts(runtime), {
      stopped: () => !this.#mounting,
      done: () => {
        if (!this.#mounting) return;
        this.#mounting = false;
        this.#act();
      },
    });
  }

  #act(): void {
    if (this.#grace !== undefined) {
      this.#done(undefined, false);
      return;
    }
    const runtime = this.#seen();
    const actions = podActions(this.#pod, {
      runtime,
      attempt: this.#attempt,
      failedProbe: (id) => this.#services.probes.failedProbe(id),
      started: (id) => this.#services.probes.isStarted(id),
      imageOf: (id) => this.#containers.imageOf(id),
    });
    if (actions.killPod) {
      this.#killer.killAll(
        this.#pod,
        { runtime, graceSeconds: this.#pod.spec.terminationGracePeriodSeconds ?? 30, podIp: runtime.ips[0] ?? '' },
        () => {
          if (this.#sandboxId === undefined) this.#done(undefined, true);
          else this.#services.runtime.stopPodSandbox(this.#sandboxId, () => this.#done(undefined, true));
        },
      );
      return;
    }
    this.#killSome(actions, 0, () => {
      if (actions.createSandbox) this.#replaceSandbox(runtime, () => this.#createSandbox(actions));
      else this.#startAll(actions);
    });
  }

  /** Ends what is left in a sandbox that has died, before a new one is made. */
  #replaceSandbox(runtime: RuntimeStatus, then: () => void): void {
    const old = this.#sandboxId;
    if (old === undefined) {
      then();
      return;
    }
    this.#services.events.pod(this.#pod, {
      type: 'Normal',
      reason: 'SandboxChanged',
      message: 'Pod sandbox changed, it will be killed and re-created.',
    });
    this.#killer.killAll(
      this.#pod,
      { runtime, graceSeconds: this.#pod.spec.terminationGracePeriodSeconds ?? 30, podIp: runtime.ips[0] ?? '' },
      () => {
        this.#services.runtime.stopPodSandbox(old, then);
      },
    );
  }

  #killSome(actions: PodActions, index: number, then: () => void): void {
    const next = actions.kill[index];
    if (next === undefined) {
      then();
      return;
    }
    this.#killer.kill(this.#pod, { ...next, podIp: this.#status.podIP ?? '' }, () => this.#killSome(actions, index + 1, then));
  }

  #createSandbox(actions: PodActions): void {
    const uid = this.#pod.metadata.uid ?? '';
    const done = (result: PodSandbox | CriError): void => {
      if ('kind' in result) {
        this.#done(criErrorText(result), false);
        return;
      }
      const old = this.#sandboxId;
      this.#attempt += 1;
      this.#sandboxId = result.id;
      this.#services.belongs(result.id, uid);
      if (old !== undefined) forgetSandbox(this.#services, this.#oldSandboxId);
      this.#oldSandboxId = old;
      this.#services.noticeLater(uid);
      this.#sandboxReady();
      this.#startAll(actions);
    };
    makeSandbox(this.#services, this.#pod, { attempt: this.#attempt, qosClass: this.#status.qosClass ?? 'BestEffort', done });
  }

  /** Reports the condition as soon as the sandbox stands (kubelet.go OnPodSandboxReady). */
  #sandboxReady(): void {
    const now = this.#services.server.now();
    const conditions = (this.#status.conditions ?? []).map((condition) => {
      if (condition.type !== 'PodReadyToStartContainers') return condition;
      const { reason: _reason, message: _message, ...rest } = condition;
      return { ...rest, lastTransitionTime: condition.status === 'True' ? (condition.lastTransitionTime ?? now) : now, status: 'True' };
    });
    this.#status = { ...this.#status, conditions };
    this.#hooks.publish(this.#status);
  }

  #startAll(actions: PodActions): void {
    const sandboxId = this.#sandboxId;
    if (sandboxId === undefined) {
      this.#done(undefined, false);
      return;
    }
    this.#containers.startAll(actions, {
      pod: this.#pod,
      sandboxId,
      runtime: () => this.#runtime(),
      facts: (runtime) => this.#facts(runtime),
      volumes: this.#volumes.sources,
      probed: { pod: () => this.#pod, podIp: () => this.#status.podIP ?? this.#services.hostIp },
      stopped: () => this.#grace !== undefined,
      done: (error, changed) => this.#done(error, changed),
    });
  }

  /** Ends a sync. @param error a text, or when to try again @param relist something was done, so look at once */
  #done(error: string | number | undefined, relist: boolean): void {
    this.#syncing = false;
    if (this.#grace !== undefined || this.#again) {
      this.#again = false;
      this.#sync();
      return;
    }
    const { simulation } = this.#services;
    if (error !== undefined) {
      const pause = typeof error === 'number' ? Math.min(MAX_PAUSE, Math.max(0, error - simulation.now)) : ERROR_PAUSE;
      const due = simulation.now + pause * (1 + simulation.random.next() * JITTER);
      const tick = Math.ceil((due - SYNC_PHASE) / SYNC_PERIOD) * SYNC_PERIOD + SYNC_PHASE;
      this.#timer = simulation.after(tick - simulation.now, () => this.notice());
    } else if (relist) {
      this.#timer = simulation.after(RELIST, () => {
        this.#services.seen(this.#pod.metadata.uid ?? '');
        this.notice();
      });
    }
  }

  #terminating(graceSeconds: number): void {
    this.#phase = 'terminating';
    this.#timer?.cancel();
    const runtime = this.#runtime();
    this.#report(runtime, false);
    for (const container of runtime.containers) this.#services.probes.removeKilling(container.id);
    const podIp = this.#status.podIP ?? '';
    this.#killer.killAll(this.#pod, { runtime, graceSeconds, podIp }, () => {
      this.#report(this.#runtime(), true);
      if (this.#sandboxId === undefined) this.#stopped();
      else this.#services.runtime.stopPodSandbox(this.#sandboxId, () => this.#stopped());
    });
  }

  /** The grace period became shorter while containers are being stopped. */
  #hurry(): void {
    for (const container of this.#runtime().containers) {
      if (container.state === 'running') this.#services.runtime.stopContainer(container.id, Math.max(2, this.#grace ?? 0), () => undefined);
    }
  }

  #stopped(): void {
    const runtime = this.#runtime();
    for (const container of runtime.containers) this.#services.probes.remove(container.id);
    this.#report(runtime, true);
    this.#services.simulation.after(CLEAN_UP, () => {
      this.#phase = 'terminated';
      this.#report(this.#runtime(), true);
      if (this.#deleting) this.#finish();
    });
  }

  #finish(): void {
    this.#hooks.finished();
    const { crashBackoff, puller } = this.#services;
    const uid = this.#pod.metadata.uid ?? '';
    crashBackoff.forget(`${uid}/`);
    puller.forget(uid);
    forgetSandbox(this.#services, this.#sandboxId);
    forgetSandbox(this.#services, this.#oldSandboxId);
    this.#sandboxId = undefined;
    this.#oldSandboxId = undefined;
  }
}
