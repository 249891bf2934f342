/**
 * Whether the node itself takes a Pod that was given to it. Modelled on pkg/kubelet/lifecycle/predicate.go, sysctl/allowlist.go and
 * pkg/scheduler AdmissionCheck (v1.37).
 */
import type { Node } from '../api/types-core.ts';
import type { Pod } from '../api/types-pod.ts';
import { amountsOf, demandOf, portsConflict } from '../scheduler/node-info.ts';
import { matchesNodeAffinity, untoleratedTaint } from '../scheduler/node-affinity.ts';

export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/** sysctl → the namespace it belongs to. */
const SAFE_SYSCTLS: Readonly<Record<string, string>> = {
  'kernel.shm_rmid_forced': 'ipc',
  'net.ipv4.ip_local_port_range': 'net',
  'net.ipv4.tcp_syncookies': 'net',
  'net.ipv4.ping_group_range': 'net',
  'net.ipv4.ip_unprivileged_port_start': 'net',
  'net.ipv4.ip_local_reserved_ports': 'net',
  'net.ipv4.tcp_keepalive_time': 'net',
  'net.ipv4.tcp_fin_timeout': 'net',
  'net.ipv4.tcp_keepalive_intvl': 'net',
  'net.ipv4.tcp_keepalive_probes': 'net',
  'net.ipv4.tcp_rmem': 'net',
  'net.ipv4.tcp_wmem': 'net',
  'net.ipv4.tcp_slow_start_after_idle': 'net',
  'net.ipv4.tcp_notsent_lowat': 'net',
};

function sysctlRejection(pod: Pod): Rejection | undefined {
  for (const { name } of pod.spec.securityContext?.sysctls ?? []) {
    const normal = name.replaceAll('/', '.');
    const namespace = SAFE_SYSCTLS[normal];
    const forbidden = (why: string): Rejection => ({ reason: 'SysctlForbidden', message: `forbidden sysctl: ${why}` });
    if (namespace === undefined) return forbidden(`${JSON.stringify(normal)} not allowlisted`);
    const withHost = (namespace === 'net' && pod.spec.hostNetwork === true) || (namespace === 'ipc' && pod.spec.hostIPC === true);
    if (withHost) return forbidden(`${JSON.stringify(normal)} not allowed with host ${namespace} enabled`);
  }
  return undefined;
}

function insufficient(pod: Pod, node: Node, context: AdmissionContext): Rejection | undefined {
  const allocatable = amountsOf(node.status.allocatable);
  const simple = Object.keys(demandOf(pod.spec).requests).length === 0;
  if (simple && context.atMost < (allocatable['pods'] ?? 0)) return undefined;
  const others = context.others();
  const used: Record<string, number> = {};
  for (const other of others) {
    for (const [name, amount] of Object.entries(demandOf(other.spec).requests)) used[name] = (used[name] ?? 0) + amount;
  }
  const wanted: Readonly<Record<string, number>> = { pods: 1, ...demandOf(pod.spec).requests };
  const taken: Readonly<Record<string, number>> = { ...used, pods: others.length };
  for (const name of ['pods', ...Object.keys(wanted).filter((each) => each !== 'pods')]) {
    const requested = wanted[name] ?? 0;
    const capacity = allocatable[name] ?? 0;
    const inUse = taken[name] ?? 0;
    if (requested <= 0 || requested + inUse <= capacity) continue;
    const message = `Node didn't have enough resource: ${name}, requested: ${String(requested)}, used: ${String(inUse)}, capacity: ${String(capacity)}`;
    return { reason: `OutOf${name}`, message };
  }
  return undefined;
}

function predicate(name: string, description: string): Rejection {
  return { reason: name, message: `Predicate ${name} failed: ${description}` };
}

export interface AdmissionContext {
  readonly node: Node;
  /** The node's other Pods that have not ended. */
  readonly others: () => readonly Pod[];
  /** No more than this many. */
  readonly atMost: number;
  readonly isStatic: boolean;
}

/** Why the node refuses the Pod; undefined when it takes it. */
export function nodeRejection(pod: Pod, context: AdmissionContext): Rejection | undefined {
  const { node } = context;
  const sysctl = sysctlRejection(pod);
  if (sysctl !== undefined) return sysctl;
  const os = pod.spec.nodeSelector?.['kubernetes.io/os'];
  if (os !== undefined && os !== node.metadata.labels?.['kubernetes.io/os']) {
    return { reason: 'PodOSSelectorNodeLabelDoesNotMatch', message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label" };
  }
  if (pod.spec.os !== undefined && pod.spec.os.name !== 'linux')
    return { reason: 'PodOSNotSupported', message: "Failed to admit pod as the OS field doesn't match node OS" };
  const resources = insufficient(pod, node, context);
  if (resources !== undefined) return resources;
  if (!matchesNodeAffinity(pod.spec, node)) return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  const ports = demandOf(pod.spec).ports;
  if (
    ports.length > 0 &&
    context.others().some((other) => demandOf(other.spec).ports.some((held) => ports.some((wanted) => portsConflict(wanted, held))))
  ) {
    return predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  }
  if (!context.isStatic && untoleratedTaint(pod.spec.tolerations, node.spec.taints, ['NoExecute']) !== undefined) {
    return predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  }
  return undefined;
}
