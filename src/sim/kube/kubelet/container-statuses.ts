/**
 * The containerStatuses of a Pod from what the runtime knows. Modelled on pkg/kubelet/kubelet_pods.go
 * convertToAPIContainerStatuses (v1.37), with its habit of showing the end of a container until it is tried again.
 */
import type { Container, Pod } from '../api/types-pod.ts';
import type { ContainerState, ContainerStatus, VolumeMountStatus } from '../api/types-pod-status.ts';
import { timeText } from '../apiserver/time-text.ts';
import type { ContainerStatus as RuntimeContainer } from '../cri/runtime.ts';
import { shouldRestart } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';

/** Why a container could not be started, as the last try found it. */
export interface StartFailure {
  readonly reason: string;
  readonly message: string;
}

export interface StatusContext {
  readonly pod: Pod;
  readonly runtime: RuntimeStatus;
  readonly previous: readonly ContainerStatus[];
  readonly failures: ReadonlyMap<string, StartFailure>;
  /** Unix milliseconds at virtual time 0. */
  readonly epoch: number;
  readonly init: boolean;
}

/** A Go zero time, as containerd reports the start of a container that never started. */
const NEVER = '1970-01-01T00:00:00Z';

function stateOf(container: RuntimeContainer, epoch: number): ContainerState {
  switch (container.state) {
    case 'running':
      return { running: { startedAt: timeText(epoch + (container.startedAt ?? 0)) } };
    case 'created':
      return { waiting: {} };
    case 'exited':
      return {
        terminated: {
          containerID: `containerd://${container.id}`,
          exitCode: container.exitCode ?? 0,
          finishedAt: container.finishedAt === undefined ? NEVER : timeText(epoch + container.finishedAt),
          ...(container.message === undefined || container.message === '' ? {} : { message: container.message }),
          ...(container.reason === undefined ? {} : { reason: container.reason }),
          startedAt: container.startedAt === undefined ? NEVER : timeText(epoch + container.startedAt),
        },
      };
  }
}

/** docker.io/library/alpine:latest for a short name, as containerd names the image in statuses. */
export function fullImageName(image: string): string {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(0, slash));
  const hasDomain = slash > 0 && (/[.:]/.test(first) || first === 'localhost');
  const named = hasDomain ? image : slash < 0 ? `docker.io/library/${image}` : `docker.io/${image}`;
  return /[:@]/.test(named.slice(named.lastIndexOf('/'))) ? named : `${named}:latest`;
}

function volumeMountsOf(container: Container): readonly VolumeMountStatus[] {
  return (container.volumeMounts ?? []).map((mount) => ({
    mountPath: mount.mountPath,
    name: mount.name,
    ...(mount.readOnly === true ? { readOnly: true, recursiveReadOnly: mount.recursiveReadOnly === 'Enabled' ? 'Enabled' : 'Disabled' } : {}),
  }));
}

function userOf(container: RuntimeContainer): NonNullable<ContainerStatus['user']> {
  const { uid, gid, groups } = container.user ?? { uid: 0, gid: 0, groups: [] };
  return { linux: { gid, supplementalGroups: [...new Set([gid, ...groups])].sort((a, b) => a - b), uid } };
}

function converted(container: RuntimeContainer, spec: Container, context: StatusContext): ContainerStatus {
  const mounts = volumeMountsOf(spec);
  const requests = spec.resources?.requests;
  return {
    ...(requests === undefined ? {} : { allocatedResources: requests }),
    containerID: `containerd://${container.id}`,
    image: fullImageName(container.image),
    imageID: container.imageId,
    lastState: {},
    name: container.name,
    ready: false,
    resources: spec.resources ?? {},
    restartCount: container.attempt,
    state: stateOf(container, context.epoch),
    user: userOf(container),
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
  };
}

function waitingStatus(spec: Container, context: StatusContext): ContainerStatus {
  const previous = context.previous.find((status) => status.name === spec.name);
  if (previous?.state?.terminated !== undefined) return previous;
  const mounts = volumeMountsOf(spec);
  const hasInit = (context.pod.spec.initContainers ?? []).length > 0;
  return {
    image: spec.image ?? '',
    imageID: '',
    lastState: previous?.lastState ?? {},
    name: spec.name,
    ready: false,
    restartCount: previous?.restartCount ?? 0,
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
  };
}

/** Statuses of some of a Pod's containers; `ready` and `started` are the prober's and come later. */
export function containerStatuses(specs: readonly Container[], context: StatusContext): readonly ContainerStatus[] {
  const statuses = specs.map((spec) => statusOf(spec, context));
  return context.init ? statuses : [...statuses].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function statusOf(spec: Container, context: StatusContext): ContainerStatus {
  const { runtime, failures, pod, previous } = context;
  const known = runtime.containers.filter((container) => container.name === spec.name);
  const [current, before] = known;
  let status = current === undefined ? waitingStatus(spec, context) : converted(current, spec, context);
  if (current !== undefined) {
    const old = previous.find((each) => each.name === spec.name);
    const last = before === undefined ? lastStateFrom(old, status) : stateOf(before, context.epoch);
    status = { ...status, lastState: last };
  }
  if (context.init && current?.state === 'exited' && current.exitCode === 0 && spec.restartPolicy !== 'Always') return status;
  const failure = failures.get(spec.name);
  if (failure === undefined || !shouldRestart(pod, spec, runtime)) return status;
  const ended = status.state?.terminated === undefined ? status.lastState : status.state;
  const message = failure.message === '' ? {} : { message: failure.message };
  return { ...status, ...(ended === undefined ? {} : { lastState: ended }), state: { waiting: { ...message, reason: failure.reason } } };
}

function lastStateFrom(old: ContainerStatus | undefined, status: ContainerStatus): ContainerState {
  if (old === undefined) return {};
  if (old.containerID !== status.containerID && old.state?.terminated !== undefined) return old.state;
  return old.lastState?.terminated === undefined ? {} : old.lastState;
}
