/** Reads from a Pod's status why it does not run. Knows the fields that components write, not what to say about them. */
import type { PodTrouble } from '../exercise/world-view.ts';
import type { Pod } from '../sim/kube/api/types-pod.ts';
import type { ContainerStatus } from '../sim/kube/api/types-pod-status.ts';

/** Waiting reasons about images. Modelled on pkg/kubelet/images/types.go (v1.37). */
const IMAGE_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
]);
/** Waiting reasons before the first program runs. Modelled on pkg/kubelet/kuberuntime/kuberuntime_container.go (v1.37). */
const START_REASONS: ReadonlySet<string> = new Set(['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'PreStartHookError']);

/** @returns the first trouble in the order of the Pod's life, `undefined` while it is well or still on its way */
export function podTrouble(pod: Pod): PodTrouble | undefined {
  const scheduled = pod.status.conditions?.find((condition) => condition.type === 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') return { kind: 'unscheduled', message: scheduled.message ?? '' };
  for (const [index, container] of pod.spec.containers.entries()) {
    const status = pod.status.containerStatuses?.find((each) => each.name === container.name);
    const trouble = status && containerTrouble(status);
    if (trouble) return { ...trouble, container: index, image: container.image ?? '' };
  }
  return undefined;
}

function containerTrouble({ state, lastState }: ContainerStatus): PodTrouble | undefined {
  const reason = state?.waiting?.reason ?? '';
  if (IMAGE_REASONS.has(reason)) return { kind: 'image', message: state?.waiting?.message ?? reason };
  if (START_REASONS.has(reason)) return { kind: 'start', message: state?.waiting?.message ?? reason };
  const ended = state?.terminated ?? (reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined);
  if (!ended || ended.exitCode === 0) return undefined;
  const message = ended.message ?? state?.waiting?.message ?? '';
  return ended.reason === 'StartError'
    ? { kind: 'start', message }
    : {
        kind: 'ended',
        message: message === '' ? `${ended.reason ?? 'Error'}: exit code ${String(ended.exitCode)}` : message,
        exitCode: ended.exitCode,
      };
}
