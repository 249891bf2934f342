/** What has to be done for a Pod now. Modelled on pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (v1.37). Pure. */
import type { Container, EphemeralContainer, Pod } from '../api/types-pod.ts';
import { isSidecar, newest, shouldRestart } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';

export interface ContainerToKill {
  readonly id: string;
  readonly container: Container;
  readonly message: string;
  /** Seconds from the probe that failed, if it has its own. */
  readonly graceSeconds: number | undefined;
}

export interface PodActions {
  readonly createSandbox: boolean;
  /** Nothing is left to run: the sandbox may go. */
  readonly killPod: boolean;
  readonly ephemeral: readonly EphemeralContainer[];
  readonly init: readonly Container[];
  readonly containers: readonly Container[];
  readonly kill: readonly ContainerToKill[];
}

const NOTHING: PodActions = { createSandbox: false, killPod: false, ephemeral: [], init: [], containers: [], kill: [] };

export interface ActionContext {
  readonly runtime: RuntimeStatus;
  readonly attempt: number;
  /** Which probe a running container has failed for good. */
  readonly failedProbe: (containerId: string) => 'liveness' | 'startup' | undefined;
  /** Whether a sidecar's startup probe has passed. */
  readonly started: (containerId: string) => boolean;
  /** Images the running containers were started with. */
  readonly imageOf: (containerId: string) => string | undefined;
}

export function podActions(pod: Pod, context: ActionContext): PodActions {
  const { runtime } = context;
  const init = pod.spec.initContainers ?? [];
  if (!runtime.sandboxReady) {
    const once = pod.spec.restartPolicy === 'Never';
    if (once && context.attempt !== 0 && runtime.containers.length > 0) return { ...NOTHING, killPod: true };
    const wanted = pod.spec.containers.filter(
      (container) =>
        !(
          pod.spec.restartPolicy === 'OnFailure' &&
          newest(runtime, container.name)?.exitCode === 0 &&
          newest(runtime, container.name)?.state === 'exited'
        ),
    );
    if (wanted.length === 0) return { ...NOTHING, killPod: true };
    return { ...NOTHING, createSandbox: true, init: init.slice(0, 1), containers: init.length > 0 ? [] : wanted };
  }
  const ephemeral = (pod.spec.ephemeralContainers ?? []).filter((container) => newest(runtime, container.name) === undefined);
  const initial = initActions(pod, context);
  if (initial.killPod) return { ...NOTHING, ephemeral, killPod: true };
  if (!initial.done) return { ...NOTHING, ephemeral, init: initial.start, kill: initial.kill };
  return mainActions(pod, context, { ephemeral, init: initial.start, kill: initial.kill });
}

interface InitActions {
  readonly done: boolean;
  readonly killPod: boolean;
  readonly start: readonly Container[];
  readonly kill: readonly ContainerToKill[];
}

/** Init containers run one after the other; sidecars stay and let the next begin once they have started. */
function initActions(pod: Pod, context: ActionContext): InitActions {
  const { runtime } = context;
  const start: Container[] = [];
  const kill: ContainerToKill[] = [];
  const mainSeen = pod.spec.containers.some((container) => newest(runtime, container.name) !== undefined);
  for (const container of pod.spec.initContainers ?? []) {
    const status = newest(runtime, container.name);
    if (isSidecar(container)) {
      if (status?.state === 'running') {
        const failed = context.failedProbe(status.id);
        if (failed !== undefined) {
          kill.push(probeKill({ id: status.id, container, probe: failed, restart: true }));
          start.push(container);
        }
        if (mainSeen || context.started(status.id)) continue;
        return { done: false, killPod: false, start, kill };
      }
      start.push(container);
      if (mainSeen) continue;
      return { done: false, killPod: false, start, kill };
    }
    if (mainSeen || (status?.state === 'exited' && status.exitCode === 0)) continue;
    if (status?.state === 'running') return { done: false, killPod: false, start, kill };
    if (status?.state === 'exited' && !shouldRestart(pod, container, runtime)) return { done: false, killPod: true, start: [], kill: [] };
    start.push(container);
    return { done: false, killPod: false, start, kill };
  }
  return { done: true, killPod: false, start, kill };
}

function mainActions(
  pod: Pod,
  context: ActionContext,
  found: { readonly ephemeral: readonly EphemeralContainer[]; readonly init: readonly Container[]; readonly kill: readonly ContainerToKill[] },
): PodActions {
  const { runtime } = context;
  const containers: Container[] = [];
  const kill = [...found.kill];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const status = newest(runtime, container.name);
    if (status?.state !== 'running') {
      if (shouldRestart(pod, container, runtime)) containers.push(container);
      continue;
    }
    const restart = (container.restartPolicy ?? pod.spec.restartPolicy) !== 'Never';
    const image = context.imageOf(status.id);
    const failed = context.failedProbe(status.id);
    if (image !== undefined && image !== container.image) {
      kill.push({ id: status.id, container, message: `Container ${container.name} definition changed, will be restarted`, graceSeconds: undefined });
      containers.push(container);
    } else if (failed !== undefined) {
      kill.push(probeKill({ id: status.id, container, probe: failed, restart }));
      if (restart) containers.push(container);
    } else kept++;
  }
  const killPod = kept === 0 && containers.length === 0;
  return { createSandbox: false, killPod, ephemeral: found.ephemeral, init: killPod ? [] : found.init, containers, kill };
}

function probeKill(failed: {
  readonly id: string;
  readonly container: Container;
  readonly probe: 'liveness' | 'startup';
  readonly restart: boolean;
}): ContainerToKill {
  const { id, container, probe, restart } = failed;
  const message = `Container ${container.name} failed ${probe} probe${restart ? ', will be restarted' : ''}`;
  const graceSeconds = (probe === 'liveness' ? container.livenessProbe : container.startupProbe)?.terminationGracePeriodSeconds;
  return { id, container, message, graceSeconds };
}
