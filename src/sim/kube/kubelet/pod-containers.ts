/** Starts the containers a sync found missing, one after the other, and remembers which could not be started. Modelled on kuberuntime_manager.go SyncPod (v1.37). */
import type { Container, EphemeralContainer, Pod } from '../api/types-pod.ts';
import type { MountSource } from '../cri/runtime.ts';
import { ContainerStarter } from './container-starter.ts';
import type { StartOutcome } from './container-starter.ts';
import type { StartFailure } from './container-statuses.ts';
import type { PodFacts } from './downward-value.ts';
import type { NodeServices } from './node-services.ts';
import type { PodActions } from './pod-actions.ts';
import { isSidecar } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';

export interface StartContext {
  readonly pod: Pod;
  readonly sandboxId: string;
  readonly runtime: () => RuntimeStatus;
  readonly facts: (runtime: RuntimeStatus) => PodFacts;
  readonly volumes: ReadonlyMap<string, MountSource>;
  /** What probes need to know later. */
  readonly probed: { readonly pod: () => Pod; readonly podIp: () => string };
  /** Whether the Pod is to end meanwhile. */
  readonly stopped: () => boolean;
  /** `error`: a text, or the virtual time of the next try; `changed`: something was started. */
  readonly done: (error: string | number | undefined, changed: boolean) => void;
}

export class PodContainers {
  readonly #services: NodeServices;
  readonly #starter: ContainerStarter;
  readonly #failures = new Map<string, StartFailure>();
  readonly #imageById = new Map<string, string>();

  constructor(services: NodeServices) {
    this.#services = services;
    this.#starter = new ContainerStarter(services);
  }

  /** Why containers could not be started, by name (the kubelet's reason cache). */
  get failures(): ReadonlyMap<string, StartFailure> {
    return this.#failures;
  }

  /** The image a container was started from. */
  imageOf(containerId: string): string | undefined {
    return this.#imageById.get(containerId);
  }

  /** Starts what `actions` names: ephemeral, init, main containers; a failed init container holds up the rest. */
  startAll(actions: PodActions, context: StartContext): void {
    const ephemeral: readonly (Container | EphemeralContainer)[] = actions.ephemeral;
    const queue = [...ephemeral, ...actions.init, ...actions.containers];
    let failed = false;
    let retryAt: number | undefined;
    const next = (index: number): void => {
      const container = queue[index];
      if (container === undefined || context.stopped()) {
        context.done(failed ? (retryAt ?? 'failed') : undefined, queue.length > 0 && !failed);
        return;
      }
      const runtime = context.runtime();
      const { pod, sandboxId, volumes } = context;
      this.#starter.start({ pod, container, sandboxId, runtime, facts: context.facts(runtime), volumes }, (outcome) => {
        this.#note(container as Container, outcome, context);
        if (outcome.failure !== undefined) {
          failed = true;
          if (outcome.retryAt !== undefined) retryAt = Math.min(retryAt ?? outcome.retryAt, outcome.retryAt);
          if (actions.init.includes(container as Container) && !isSidecar(container as Container)) {
            context.done(retryAt ?? 'failed', false);
            return;
          }
        }
        next(index + 1);
      });
    };
    next(0);
  }

  #note(container: Container, outcome: StartOutcome, context: StartContext): void {
    if (outcome.failure !== undefined) {
      this.#failures.set(container.name, outcome.failure);
      // Only a container that could not be run has changed its state; the PLEG sees nothing of the other failures.
      if (outcome.failure.reason === 'RunContainerError') this.#services.noticeLater(context.pod.metadata.uid ?? '');
      return;
    }
    this.#failures.delete(container.name);
    const id = outcome.started;
    if (id === undefined) return;
    this.#imageById.set(id, container.image ?? '');
    this.#services.probes.add({ ...context.probed, container, containerId: id });
    this.#removeOld(container.name, context.runtime());
  }

  /** Keeps the newest two containers of a name, so that a log and the last state stay (container GC). */
  #removeOld(name: string, runtime: RuntimeStatus): void {
    for (const container of runtime.containers.filter((each) => each.name === name).slice(2)) {
      if (container.state !== 'running') this.#services.runtime.removeContainer(container.id);
    }
  }
}
