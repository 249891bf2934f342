/**
 * Starts one container: back-off, image, configuration, create, start, postStart hook, with their events.
 * Modelled on pkg/kubelet/kuberuntime/{kuberuntime_manager.go doBackOff, kuberuntime_container.go startContainer} (v1.37).
 */
import type { Container, EphemeralContainer, Pod } from '../api/types-pod.ts';
import type { MountSource } from '../cri/runtime.ts';
import { containerConfig } from './container-config.ts';
import type { StartFailure } from './container-statuses.ts';
import type { PodFacts } from './downward-value.ts';
import type { NodeServices } from './node-services.ts';
import { podFullText } from './pod-events.ts';
import { newest } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';

export interface StartRequest {
  readonly pod: Pod;
  readonly container: Container | EphemeralContainer;
  readonly sandboxId: string;
  readonly runtime: RuntimeStatus;
  readonly facts: PodFacts;
  readonly volumes: ReadonlyMap<string, MountSource>;
}

/** Failure as the status shows it, and until when a retry makes no sense (virtual milliseconds). */
export interface StartOutcome {
  readonly failure: StartFailure | undefined;
  readonly retryAt: number | undefined;
  readonly started: string | undefined;
}

function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${String(seconds)}s`;
  return `${String(Math.floor(seconds / 60))}m${String(seconds % 60)}s`;
}

export class ContainerStarter {
  readonly #services: NodeServices;

  constructor(services: NodeServices) {
    this.#services = services;
  }

  /** Answers once, when the container runs or why it does not. */
  start(request: StartRequest, done: (outcome: StartOutcome) => void): void {
    const waiting = this.#backOff(request);
    if (waiting !== undefined) {
      done(waiting);
      return;
    }
    const container = request.container as Container;
    this.#services.puller.ensure(request.pod, container, (failure) => {
      if (failure === undefined) this.#create(request, done);
      else {
        this.#event(request, 'Failed', `Error: ${failure.reason}`);
        done({ failure, retryAt: undefined, started: undefined });
      }
    });
  }

  #backOff({ pod, container, runtime }: StartRequest): StartOutcome | undefined {
    const last = runtime.containers.find((each) => each.name === container.name && each.state === 'exited');
    if (last === undefined) return undefined;
    const { crashBackoff, simulation } = this.#services;
    const since = last.finishedAt ?? last.createdAt;
    const key = `${pod.metadata.uid ?? ''}/${container.name}/${container.image ?? ''}`;
    if (!crashBackoff.isWaitingSince(key, since, simulation.now)) {
      crashBackoff.next(key, since);
      return undefined;
    }
    this.#services.events.container(pod, {
      container: container.name,
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${container.name} in pod ${podFullText(pod)}`,
    });
    const backoff = crashBackoff.get(key);
    const message = `back-off ${durationText(backoff)} restarting failed container=${container.name} pod=${podFullText(pod)}`;
    return { failure: { reason: 'CrashLoopBackOff', message }, retryAt: since + backoff, started: undefined };
  }

  #create(request: StartRequest, done: (outcome: StartOutcome) => void): void {
    const { pod, runtime, facts, volumes } = request;
    const container = request.container as Container;
    const { runtime: cri, server, files } = this.#services;
    const before = newest(runtime, container.name);
    const target = (request.container as EphemeralContainer).targetContainerName;
    const pidTarget = target === undefined || target === '' ? undefined : newest(runtime, target)?.id;
    const fail = (reason: string, message: string): void => {
      this.#event(request, 'Failed', `Error: ${message}`);
      done({ failure: { reason, message }, retryAt: undefined, started: undefined });
    };
    if (target !== undefined && target !== '' && pidTarget === undefined) {
      fail('CreateContainerConfigError', `unable to find target container ${target}`);
      return;
    }
    const nodeHosts = files.readText('/etc/hosts') ?? '';
    const config = containerConfig(pod, container, {
      storage: server.storage,
      facts,
      volumes,
      nodeHosts,
      attempt: before === undefined ? 0 : before.attempt + 1,
      pidTarget,
    });
    if ('kind' in config) {
      fail('CreateContainerConfigError', config.message);
      return;
    }
    cri.createContainer(request.sandboxId, config, (created) => {
      if ('kind' in created) {
        fail('CreateContainerError', created.message);
        return;
      }
      this.#services.belongs(created.id, pod.metadata.uid ?? '');
      this.#event(request, 'Created', 'Container created');
      cri.startContainer(created.id, (error) => {
        if (error !== undefined) {
          fail('RunContainerError', error.message);
          return;
        }
        this.#event(request, 'Started', 'Container started');
        this.#postStart(request, created.id, done);
      });
    });
  }

  #postStart(request: StartRequest, id: string, done: (outcome: StartOutcome) => void): void {
    const container = request.container as Container;
    const hook = container.lifecycle?.postStart;
    const started: StartOutcome = { failure: undefined, retryAt: undefined, started: id };
    if (hook === undefined) {
      done(started);
      return;
    }
    const { runner, runtime } = this.#services;
    runner.run(hook, { container, containerId: id, podIp: request.facts.ips[0] ?? request.facts.hostIp, timeoutSeconds: 3600 }, (result) => {
      if (result.kind === 'success') {
        done(started);
        return;
      }
      this.#event(request, 'FailedPostStartHook', 'PostStartHook failed');
      this.#event(request, 'Killing', 'FailedPostStartHook');
      runtime.stopContainer(id, request.pod.spec.terminationGracePeriodSeconds ?? 30, () => {
        done({ failure: { reason: 'PostStartHookError', message: 'PostStartHook failed' }, retryAt: undefined, started: undefined });
      });
    });
  }

  #event(request: StartRequest, reason: string, message: string): void {
    const type = reason.startsWith('Failed') ? 'Warning' : 'Normal';
    this.#services.events.container(request.pod, { container: request.container.name, type, reason, message });
  }
}
