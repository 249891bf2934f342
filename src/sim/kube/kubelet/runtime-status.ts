/** What the runtime knows of one Pod: its sandbox and containers, newest first. Modelled on pkg/kubelet/container/runtime.go PodStatus (v1.37). */
import type { ContainerRuntime, ContainerStatus } from '../cri/runtime.ts';
import type { Container, Pod } from '../api/types-pod.ts';

/** Virtual milliseconds until a container that has ended by itself is seen as ended: containerd learns of it a moment later. */
const EXIT_LAG = 25;

export interface RuntimeStatus {
  readonly sandboxId: string | undefined;
  readonly sandboxReady: boolean;
  readonly ips: readonly string[];
  /** Newest first. */
  readonly containers: readonly ContainerStatus[];
}

/** Asks the runtime about a Pod whose sandbox was `sandboxId`; containers of the sandbox before it count too. */
export function runtimeStatus(runtime: ContainerRuntime, sandboxId: string | undefined, oldSandboxId?: string): RuntimeStatus {
  const sandbox = sandboxId === undefined ? undefined : runtime.podSandbox(sandboxId);
  if (sandboxId === undefined || sandbox === undefined) return { sandboxId: undefined, sandboxReady: false, ips: [], containers: [] };
  const all = [...runtime.containers(sandboxId), ...(oldSandboxId === undefined ? [] : runtime.containers(oldSandboxId))];
  const containers = all.sort((a, b) => b.createdAt - a.createdAt || b.attempt - a.attempt);
  return { sandboxId, sandboxReady: sandbox.state === 'ready', ips: sandbox.ips, containers };
}

/**
 * The same as the kubelet sees it while it syncs: what ended a moment ago still seems to run.
 * @returns also whether there is such a container, which has to be looked at again
 */
export function seenStatus(status: RuntimeStatus, now: number): { readonly status: RuntimeStatus; readonly lagging: boolean } {
  const lags = (container: ContainerStatus): boolean =>
    container.state === 'exited' &&
    container.startedAt !== undefined &&
    container.finishedAt !== undefined &&
    now - container.finishedAt < EXIT_LAG &&
    container.reason !== 'StartError';
  if (!status.sandboxReady || !status.containers.some(lags)) return { status, lagging: false };
  const containers = status.containers.map((container): ContainerStatus =>
    lags(container)
      ? { ...container, state: 'running', finishedAt: undefined, exitCode: undefined, reason: undefined, message: undefined }
      : container,
  );
  return { status: { ...status, containers }, lagging: true };
}

/** The newest container of that name. */
export function newest(status: RuntimeStatus, name: string): ContainerStatus | undefined {
  return status.containers.find((container) => container.name === name);
}

/** Whether an ended or missing container is to be started again (container/helpers.go ShouldContainerBeRestarted). */
export function shouldRestart(pod: Pod, container: Container, status: RuntimeStatus): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const current = newest(status, container.name);
  if (current === undefined) return true;
  if (current.state === 'running') return false;
  if (current.state === 'created') return true;
  const policy = container.restartPolicy ?? pod.spec.restartPolicy ?? 'Always';
  const exitCode = current.exitCode ?? 0;
  for (const rule of container.restartPolicyRules ?? []) {
    const values = rule.exitCodes?.values ?? [];
    const applies = rule.exitCodes?.operator === 'NotIn' ? !values.includes(exitCode) : values.includes(exitCode);
    if (applies) return rule.action === 'Restart';
  }
  if (policy === 'Never') return false;
  return !(policy === 'OnFailure' && exitCode === 0);
}

export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}
