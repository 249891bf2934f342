/** The phase of a Pod from its containers. Modelled on pkg/kubelet/kubelet_pods.go getPhase (v1.37). */
import type { Container, Pod, PodSpec } from '../api/types-pod.ts';
import type { ContainerStatus, PodStatus } from '../api/types-pod-status.ts';
import { isSidecar } from './runtime-status.ts';

type Phase = NonNullable<PodStatus['phase']>;

function restarts(spec: PodSpec, container: Container, exitCode: number): boolean {
  for (const rule of container.restartPolicyRules ?? []) {
    const values = rule.exitCodes?.values ?? [];
    if (rule.exitCodes?.operator === 'NotIn' ? !values.includes(exitCode) : values.includes(exitCode)) return rule.action === 'Restart';
  }
  const policy = container.restartPolicy ?? spec.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** @param terminal whether the kubelet is done with the Pod @param initialized whether a main container has ever run */
export function podPhase(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  context: { readonly terminal: boolean; readonly initialized: boolean; readonly isStatic: boolean },
): Phase {
  const { spec } = pod;
  const byName = new Map(statuses.map((status) => [status.name, status]));
  let pendingInit = 0;
  let failedForGood = 0;
  let pendingSidecars = 0;
  let running = 0;
  let waiting = 0;
  let unknown = 0;
  let stopped = 0;
  let stoppedForGood = 0;
  let succeeded = 0;
  for (const container of spec.initContainers ?? []) {
    const state = byName.get(container.name)?.state;
    const last = byName.get(container.name)?.lastState?.terminated;
    if (isSidecar(container)) {
      if (state === undefined) unknown++;
      else if (state.running !== undefined) {
        if (byName.get(container.name)?.started !== true) pendingSidecars++;
        running++;
      } else if (state.terminated === undefined && last === undefined) {
        pendingSidecars++;
        if (state.waiting === undefined) unknown++;
        else waiting++;
      }
      continue;
    }
    const ended = state?.terminated ?? (state?.waiting === undefined ? undefined : last);
    if (ended === undefined) pendingInit++;
    else if (ended.exitCode !== 0 && !restarts(spec, container, ended.exitCode)) failedForGood++;
  }
  for (const container of spec.containers) {
    const status = byName.get(container.name);
    const { state } = status ?? {};
    if (state?.running !== undefined) running++;
    else if (state?.terminated !== undefined) {
      stopped++;
      if (!restarts(spec, container, state.terminated.exitCode)) stoppedForGood++;
      if (state.terminated.exitCode === 0) succeeded++;
    } else if (state?.waiting !== undefined) {
      const last = status?.lastState?.terminated;
      if (last === undefined) waiting++;
      else {
        stopped++;
        if (!restarts(spec, container, last.exitCode)) stoppedForGood++;
      }
    } else unknown++;
  }
  if (failedForGood > 0) return 'Failed';
  if (pendingInit > 0 || (pendingSidecars > 0 && !context.initialized) || waiting > 0) return 'Pending';
  if (running > 0 && unknown === 0) return 'Running';
  if (running === 0 && stopped > 0 && unknown === 0) {
    if (context.terminal && !context.isStatic) return stopped === succeeded ? 'Succeeded' : 'Failed';
    if (stopped !== stoppedForGood) return 'Running';
    return stopped === succeeded ? 'Succeeded' : 'Failed';
  }
  return 'Pending';
}
