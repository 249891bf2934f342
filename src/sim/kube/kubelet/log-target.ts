/** Which container's log a request means, by the Pod's status. Modelled on pkg/kubelet/kubelet_pods.go validateContainerLogStatus (v1.37). */
import type { PodStatus } from '../api/types-pod-status.ts';

/** The runtime's container id, or why there is no log. */
export function logTarget(
  status: PodStatus,
  request: { readonly pod: string; readonly container: string; readonly previous: boolean },
): string | { readonly problem: string } {
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])];
  const found = all.find((container) => container.name === request.container);
  const what = `container "${request.container}" in pod "${request.pod}"`;
  if (found === undefined) return { problem: `${what} is not available` };
  const { waiting, running, terminated } = found.state ?? {};
  const last = found.lastState?.terminated;
  const id = (text: string | undefined): string => (text ?? '').replace(/^containerd:\/\//, '');
  if (request.previous) {
    if (id(last?.containerID) === '') return { problem: `previous terminated ${what} not found` };
    return id(last?.containerID);
  }
  if (running !== undefined) return id(found.containerID);
  if (terminated !== undefined) {
    const own = id(terminated.containerID) === '' ? id(last?.containerID) : id(terminated.containerID);
    return own === '' ? { problem: `${what} is terminated` } : own;
  }
  if (last !== undefined) return id(last.containerID) === '' ? { problem: `${what} is terminated` } : id(last.containerID);
  switch (waiting?.reason) {
    case undefined:
      return { problem: `${what} is waiting to start - no logs yet` };
    case 'ErrImagePull':
      return { problem: `${what} is waiting to start: image can't be pulled` };
    case 'ImagePullBackOff':
      return { problem: `${what} is waiting to start: trying and failing to pull image` };
    default:
      return { problem: `${what} is waiting to start: ${waiting?.reason ?? ''}` };
  }
}
