/** Ends a Pod whose activeDeadlineSeconds are over. Modelled on pkg/kubelet/active_deadline.go (v1.37). */
import type { Pod } from '../api/types-pod.ts';
import type { PodStatus } from '../api/types-pod-status.ts';
import type { NodeServices } from './node-services.ts';
import type { RuntimeStatus } from './runtime-status.ts';

/** Why the kubelet ends a Pod that nobody deleted; it becomes the Pod's reason and message. */
export interface Eviction {
  readonly reason: string;
  readonly message: string;
}

type Terminate = (graceSeconds: number, evicted: Eviction) => void;

/** Begins to count. @param termination how to end the Pod when the time comes; undefined when it is ending anyway */
export function watchDeadline(services: NodeServices, pod: Pod, termination: () => Terminate | undefined): void {
  const { activeDeadlineSeconds, terminationGracePeriodSeconds = 30 } = pod.spec;
  if (activeDeadlineSeconds === undefined) return;
  const { startTime } = pod.status;
  const passed = startTime === undefined ? 0 : services.simulation.wallClock - Date.parse(startTime);
  services.simulation.after(Math.max(0, activeDeadlineSeconds * 1000 - passed), () => {
    const terminate = termination();
    if (terminate === undefined) return;
    const evicted: Eviction = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };
    services.events.pod(pod, { type: 'Normal', ...evicted });
    terminate(terminationGracePeriodSeconds, evicted);
  });
}

interface Evicted {
  readonly status: PodStatus;
  readonly evicted: Eviction | undefined;
  readonly runtime: RuntimeStatus;
}

/**
 * The status of a Pod that may be evicted. Whoever asks for it is told once more in an event (ShouldEvict); phase and reason
 * wait until nothing runs any more (status_manager.go mergePodStatus).
 */
export function evictedStatus(services: NodeServices, pod: Pod, { status, evicted, runtime }: Evicted): PodStatus {
  if (evicted === undefined) return status;
  services.events.pod(pod, { type: 'Normal', ...evicted });
  return runtime.containers.every((container) => container.state !== 'running') ? { ...status, phase: 'Failed', ...evicted } : status;
}
