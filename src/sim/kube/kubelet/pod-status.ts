/** The whole status of a Pod as the kubelet reports it. Modelled on pkg/kubelet/kubelet_pods.go generateAPIPodStatus (v1.37). */
import type { Container, Pod } from '../api/types-pod.ts';
import type { ContainerStatus, PodStatus } from '../api/types-pod-status.ts';
import { qosClassOf } from '../apiserver/qos-class.ts';
import { canonicalQuantity } from '../api/quantity.ts';
import type { Quantity } from '../api/types-meta.ts';
import { containerStatuses } from './container-statuses.ts';
import type { StartFailure } from './container-statuses.ts';
import { podConditions } from './pod-conditions.ts';
import { podPhase } from './pod-phase.ts';
import { isSidecar } from './runtime-status.ts';
import type { RuntimeStatus } from './runtime-status.ts';

export interface PodStatusContext {
  readonly runtime: RuntimeStatus;
  /** The status that was reported last. */
  readonly previous: PodStatus;
  readonly failures: ReadonlyMap<string, StartFailure>;
  readonly probes: { isStarted(containerId: string): boolean; isReady(containerId: string): boolean };
  readonly terminal: boolean;
  readonly isStatic: boolean;
  /** A sandbox was once made (and is gone) or never. */
  readonly hadSandbox: boolean;
  readonly startTime: string;
  readonly hostIp: string;
  readonly now: string;
  readonly epoch: number;
  /** The phase that the API showed when the sync began. */
  readonly apiPhase: PodStatus['phase'];
}

/** What cgroup v1 reports for no memory limit. */
const NO_LIMIT = '9007199254740988Ki';

function rawId(status: ContainerStatus): string {
  return (status.containerID ?? '').replace(/^containerd:\/\//, '');
}

function withProbes(
  statuses: readonly ContainerStatus[],
  specs: readonly Container[],
  context: { readonly probes: PodStatusContext['probes']; readonly init: boolean },
): readonly ContainerStatus[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  return statuses.map((status) => {
    const spec = byName.get(status.name);
    const running = status.state?.running !== undefined;
    const started = running && context.probes.isStarted(rawId(status));
    if (context.init && spec !== undefined && !isSidecar(spec)) return { ...status, ready: status.state?.terminated?.exitCode === 0, started };
    return { ...status, ready: running && context.probes.isReady(rawId(status)), started };
  });
}

/** Requests of all containers, as `allocatedResources` sums them. */
function allocated(pod: Pod): Readonly<Record<string, Quantity>> | undefined {
  const names = new Set(pod.spec.containers.flatMap((container) => Object.keys(container.resources?.requests ?? {})));
  if (names.size === 0) return undefined;
  const [only] = pod.spec.containers;
  if (pod.spec.containers.length === 1 && only?.resources?.requests !== undefined) return only.resources.requests;
  const sums: Record<string, Quantity> = {};
  for (const name of names) {
    const amounts = pod.spec.containers.map((container) => container.resources?.requests?.[name]).filter((amount) => amount !== undefined);
    sums[name] = amounts.length === 1 ? (amounts[0] ?? '0') : sumOf(amounts);
  }
  return sums;
}

function sumOf(amounts: readonly Quantity[]): Quantity {
  const milli = amounts.reduce<number>((sum, amount) => sum + milliOf(String(amount)), 0);
  return canonicalQuantity(milli % 1000 === 0 ? String(milli / 1000) : `${String(milli)}m`);
}

const FACTOR: Readonly<Record<string, number>> = { m: 1, '': 1000, k: 1e6, M: 1e9, G: 1e12, Ki: 1024e3, Mi: 1024 ** 2 * 1000, Gi: 1024 ** 3 * 1000 };

function milliOf(text: string): number {
  const match = /^([\d.]+)(.*)$/.exec(text);
  return Number(match?.[1] ?? 0) * (FACTOR[match?.[2] ?? ''] ?? 1000);
}

function resourcesOf(pod: Pod, apiPhase: PodStatus['phase']): NonNullable<PodStatus['resources']> {
  const requests = allocated(pod);
  const base = { ...pod.spec.resources, ...(requests === undefined ? {} : { requests }) };
  if (apiPhase !== 'Running') return base;
  const limited = pod.spec.containers.every((container) => container.resources?.limits?.['memory'] !== undefined);
  return limited ? base : { ...base, limits: { ...base.limits, memory: NO_LIMIT } };
}

/** The Pod's status now. */
export function podStatus(pod: Pod, context: PodStatusContext): PodStatus {
  const { runtime, previous, failures, epoch } = context;
  const init = pod.spec.initContainers ?? [];
  const base = { pod, runtime, failures, epoch };
  const main = withProbes(
    containerStatuses(pod.spec.containers, { ...base, previous: previous.containerStatuses ?? [], init: false }),
    pod.spec.containers,
    { probes: context.probes, init: false },
  );
  const initial = withProbes(containerStatuses(init, { ...base, previous: previous.initContainerStatuses ?? [], init: true }), init, {
    probes: context.probes,
    init: true,
  });
  const ephemeralSpecs = (pod.spec.ephemeralContainers ?? []) as readonly Container[];
  const ephemeral = containerStatuses(ephemeralSpecs, { ...base, previous: previous.ephemeralContainerStatuses ?? [], init: false });
  const all = [...main, ...initial];
  const everStarted = pod.spec.containers.some((container) =>
    runtime.containers.some((each) => each.name === container.name && each.state !== 'created'),
  );
  let phase = podPhase(pod, all, { terminal: context.terminal, initialized: everStarted, isStatic: context.isStatic });
  if (previous.phase === 'Failed' || previous.phase === 'Succeeded') phase = previous.phase;
  const conditions = podConditions(pod, {
    statuses: all,
    phase,
    sandboxProblem: sandboxProblem(pod, context),
    previous: previous.conditions ?? [],
    now: context.now,
    withGeneration: !context.isStatic,
  });
  const ips =
    pod.spec.hostNetwork === true ? [context.hostIp] : runtime.ips.length > 0 ? runtime.ips : (previous.podIPs ?? []).map((each) => each.ip);
  const requests = allocated(pod);
  const keep = phase === previous.phase;
  return {
    ...(requests === undefined ? {} : { allocatedResources: requests }),
    conditions,
    containerStatuses: main,
    ...(ephemeral.length === 0 ? {} : { ephemeralContainerStatuses: ephemeral }),
    hostIP: context.hostIp,
    hostIPs: [{ ip: context.hostIp }],
    ...(initial.length === 0 ? {} : { initContainerStatuses: initial }),
    ...(keep && previous.message !== undefined ? { message: previous.message } : {}),
    ...(previous.nominatedNodeName === undefined ? {} : { nominatedNodeName: previous.nominatedNodeName }),
    ...(context.isStatic ? {} : { observedGeneration: pod.metadata.generation ?? 1 }),
    phase,
    ...(ips.length === 0 ? {} : { podIP: ips[0] ?? '', podIPs: ips.map((ip) => ({ ip })) }),
    qosClass: qosClassOf(pod.spec),
    ...(keep && previous.reason !== undefined ? { reason: previous.reason } : {}),
    resources: resourcesOf(pod, context.apiPhase),
    startTime: context.startTime,
  };
}

function sandboxProblem(pod: Pod, { runtime, hadSandbox }: PodStatusContext): string | undefined {
  if (runtime.sandboxId === undefined) return hadSandbox ? 'pod sandbox is not ready' : 'no pod sandbox exists';
  if (!runtime.sandboxReady) return 'pod sandbox is not ready';
  return pod.spec.hostNetwork !== true && runtime.ips.length === 0 ? 'pod sandbox has no IP address' : undefined;
}
