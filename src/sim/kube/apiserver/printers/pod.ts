/** The rows of `kubectl get pods`. Modelled on pkg/printers/internalversion/printers.go printPod (v1.37). */
import type { Container, Pod } from '../../api/types-pod.ts';
import type { ContainerStatus } from '../../api/types-pod-status.ts';
import { millisecondsOf } from '../time-text.ts';
import { ageText, humanDuration } from './human-duration.ts';
import { columnsOf } from './printer.ts';
import type { Printer } from './printer.ts';

interface Summary {
  ready: number;
  restarts: number;
  /** Unix milliseconds of the newest restart. */
  lastRestart: number;
  reason: string;
}

export const podPrinter: Printer<Pod> = {
  columns: columnsOf('Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP*', 'Node*', 'Nominated Node*', 'Readiness Gates*'),
  cells(pod, { wallClock }) {
    const { metadata, spec, status } = pod;
    const sidecars = (spec.initContainers ?? []).filter(isSidecar).length;
    const summary = summaryOf(pod);
    const restarts =
      summary.restarts !== 0 && summary.lastRestart > 0
        ? `${String(summary.restarts)} (${humanDuration(wallClock - summary.lastRestart)} ago)`
        : String(summary.restarts);
    return [
      metadata.name,
      `${String(summary.ready)}/${String(spec.containers.length + sidecars)}`,
      podStatusText(pod),
      restarts,
      ageText(metadata.creationTimestamp, wallClock),
      status.podIPs?.[0]?.ip ?? '<none>',
      orNone(spec.nodeName),
      orNone(status.nominatedNodeName),
      readinessGates(pod),
    ];
  },
};

/** The STATUS column: phase or, where there is one, the reason why. */
export function podStatusText(pod: Pod): string {
  const { metadata, status } = pod;
  const terminal = status.phase === 'Failed' || status.phase === 'Succeeded';
  if (metadata.deletionTimestamp !== undefined && status.reason === 'NodeLost') return 'Unknown';
  if (metadata.deletionTimestamp !== undefined && !terminal) return 'Terminating';
  return summaryOf(pod).reason;
}

function orNone(text: string | undefined): string {
  return text === undefined || text === '' ? '<none>' : text;
}

function isSidecar(container: Container | undefined): boolean {
  return container?.restartPolicy === 'Always';
}

function summaryOf(pod: Pod): Summary {
  const { spec, status } = pod;
  const phase: string = status.phase ?? '';
  const gated = (status.conditions ?? []).some((condition) => condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated');
  const summary: Summary = { ready: 0, restarts: 0, lastRestart: 0, reason: gated ? 'SchedulingGated' : (status.reason ?? phase) };
  const sidecarRestarts: Summary = { ready: 0, restarts: 0, lastRestart: 0, reason: '' };
  const initByName = new Map((spec.initContainers ?? []).map((container) => [container.name, container]));
  let initializing = false;
  for (const [index, container] of (status.initContainerStatuses ?? []).entries()) {
    const sidecar = isSidecar(initByName.get(container.name));
    countRestarts(summary, container);
    if (sidecar) countRestarts(sidecarRestarts, container);
    const { state } = container;
    if (state?.terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) summary.ready++;
      continue;
    }
    initializing = true;
    if (state?.terminated !== undefined) summary.reason = `Init:${terminatedText(state.terminated)}`;
    else if ((state?.waiting?.reason ?? '') !== '' && state?.waiting?.reason !== 'PodInitializing')
      summary.reason = `Init:${state?.waiting?.reason ?? ''}`;
    else summary.reason = `Init:${String(index)}/${String(spec.initContainers?.length ?? 0)}`;
    break;
  }
  const initialized = (status.conditions ?? []).some((condition) => condition.type === 'Initialized' && condition.status === 'True');
  if (!initializing || initialized) {
    summary.restarts = sidecarRestarts.restarts;
    summary.lastRestart = sidecarRestarts.lastRestart;
    mainContainers(pod, summary);
  }
  return summary;
}

function mainContainers(pod: Pod, summary: Summary): void {
  let running = false;
  let errorReason = '';
  for (const container of [...(pod.status.containerStatuses ?? [])].reverse()) {
    countRestarts(summary, container);
    const { state } = container;
    if ((state?.waiting?.reason ?? '') !== '') summary.reason = state?.waiting?.reason ?? '';
    else if (state?.terminated !== undefined) {
      summary.reason = terminatedText(state.terminated);
      if (state.terminated.exitCode !== 0) errorReason = summary.reason;
    } else if (container.ready && state?.running !== undefined) {
      running = true;
      summary.ready++;
    }
  }
  if (summary.reason !== 'Completed') return;
  const ready = (pod.status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');
  if (running && ready) summary.reason = 'Running';
  else if (errorReason !== '') summary.reason = errorReason;
  else if (running) summary.reason = 'NotReady';
}

function terminatedText(terminated: { readonly reason?: string; readonly signal?: number; readonly exitCode: number }): string {
  if ((terminated.reason ?? '') !== '') return terminated.reason ?? '';
  if ((terminated.signal ?? 0) !== 0) return `Signal:${String(terminated.signal)}`;
  return `ExitCode:${String(terminated.exitCode)}`;
}

function countRestarts(summary: Summary, container: ContainerStatus): void {
  summary.restarts += container.restartCount;
  const finished = millisecondsOf(container.lastState?.terminated?.finishedAt);
  if (finished !== undefined) summary.lastRestart = Math.max(summary.lastRestart, finished);
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter((gate) =>
    (pod.status.conditions ?? []).some((condition) => condition.type === gate.conditionType && condition.status === 'True'),
  );
  return `${String(met.length)}/${String(gates.length)}`;
}
