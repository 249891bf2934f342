// The checks of the baseline level: no known way from a Pod to its node.
// Modelled on k8s.io/pod-security-admission policy/check_*.go (v1.37), by the ids used there.

import type { LifecycleHandler, Probe } from '../../../api/types-pod.ts';
import type { SELinuxOptions } from '../../../api/types-security.ts';
import type { Unchecked } from '../../../api/unchecked.ts';
import type { AnyContainer, Check, Subject } from './violation.ts';
import { containerWords, containersOf, plural, quoted, setters, sortedSet } from './violation.ts';

const DEFAULT_CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const SAFE_SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_notsent_lowat',
];

const SELINUX_TYPES: readonly string[] = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const appArmorProfile: Check = (subject) => {
  const bad = (type: string | undefined): boolean => type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  const podType = subject.spec?.securityContext?.appArmorProfile?.type;
  const containers = containersOf(subject).filter((container) => bad(container.securityContext?.appArmorProfile?.type));
  const values = sortedSet([
    ...(bad(podType) ? [podType ?? ''] : []),
    ...containers.map((container) => container.securityContext?.appArmorProfile?.type ?? ''),
  ]);
  if (values.length === 0) return undefined;
  return {
    reason: plural('forbidden AppArmor profile', values.length),
    detail: `${setters(bad(podType), containers)} must not set AppArmor profile type to ${quoted(values)}`,
  };
};

const capabilities: Check = (subject) => {
  const added = (container: AnyContainer): readonly string[] =>
    (container.securityContext?.capabilities?.add ?? []).filter((name) => !DEFAULT_CAPABILITIES.includes(name));
  const containers = containersOf(subject).filter((container) => added(container).length > 0);
  if (containers.length === 0) return undefined;
  const names = sortedSet(containers.flatMap(added));
  return {
    reason: 'non-default capabilities',
    detail: `${containerWords(containers)} must not include ${quoted(names)} in securityContext.capabilities.add`,
  };
};

const hostNamespaces: Check = (subject) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((key) => subject.spec?.[key] === true);
  if (shared.length === 0) return undefined;
  return { reason: 'host namespaces', detail: shared.map((key) => `${key}=true`).join(', ') };
};

const hostPathVolumes: Check = (subject) => {
  const names = (subject.spec?.volumes ?? []).filter((volume) => volume.hostPath !== undefined).map((volume) => volume.name ?? '');
  if (names.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${plural('volume', names.length)} ${quoted(names)}` };
};

const hostPorts: Check = (subject) => {
  const portsOf = (container: AnyContainer): string[] =>
    (container.ports ?? []).flatMap((port) => ((port.hostPort ?? 0) === 0 ? [] : [String(port.hostPort)]));
  const containers = containersOf(subject).filter((container) => portsOf(container).length > 0);
  if (containers.length === 0) return undefined;
  const ports = sortedSet(containers.flatMap(portsOf));
  const verb = containers.length === 1 ? 'uses' : 'use';
  return {
    reason: 'hostPort',
    detail: `${containerWords(containers)} ${verb} ${plural('hostPort', ports.length)} ${ports.join(', ')}`,
  };
};

const hostProbes: Check = (subject) => {
  const containers = containersOf(subject).filter((container) => probeHosts(container).length > 0);
  if (containers.length === 0) return undefined;
  const names = sortedSet(containers.map((container) => container.name ?? ''));
  const hosts = sortedSet(containers.flatMap(probeHosts));
  const verb = names.length === 1 ? 'uses' : 'use';
  const detail = `${plural('container', names.length)} ${quoted(names)} ${verb} ${plural('probe or lifecycle host', hosts.length)} ${quoted(hosts)}`;
  return { reason: 'probe or lifecycle host', detail };
};

function probeHosts(container: AnyContainer): string[] {
  const handlers: readonly (Unchecked<Probe> | Unchecked<LifecycleHandler> | undefined)[] = [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
    container.lifecycle?.postStart,
    container.lifecycle?.preStop,
  ];
  return handlers.flatMap((handler) => [handler?.httpGet?.host ?? '', handler?.tcpSocket?.host ?? '']).filter((host) => host !== '');
}

const privileged: Check = (subject) => {
  const containers = containersOf(subject).filter((container) => container.securityContext?.privileged === true);
  if (containers.length === 0) return undefined;
  return {
    reason: 'privileged',
    detail: `${containerWords(containers)} must not set securityContext.privileged=true`,
  };
};

/** Whatever the Pod's user namespace: the restricted level forbids it always. */
export const anyProcMount: Check = (subject) => {
  const mountOf = (container: AnyContainer): string => container.securityContext?.procMount ?? 'Default';
  const containers = containersOf(subject).filter((container) => mountOf(container) !== 'Default');
  if (containers.length === 0) return undefined;
  const values = sortedSet(containers.map(mountOf));
  return {
    reason: 'procMount',
    detail: `${containerWords(containers)} must not set securityContext.procMount to ${quoted(values)}`,
  };
};

const procMount: Check = (subject) => (subject.spec?.hostUsers === false ? undefined : anyProcMount(subject));

const seLinuxOptions: Check = (subject) => {
  const bad = (options: Unchecked<SELinuxOptions> | undefined): boolean =>
    options !== undefined && (!SELINUX_TYPES.includes(options.type ?? '') || (options.user ?? '') !== '' || (options.role ?? '') !== '');
  const podOptions = subject.spec?.securityContext?.seLinuxOptions;
  const containers = containersOf(subject).filter((container) => bad(container.securityContext?.seLinuxOptions));
  if (!bad(podOptions) && containers.length === 0) return undefined;
  const all = [podOptions, ...containers.map((container) => container.securityContext?.seLinuxOptions)];
  const types = sortedSet(all.flatMap((options) => (SELINUX_TYPES.includes(options?.type ?? '') ? [] : [options?.type ?? ''])));
  const data = [
    ...(types.length > 0 ? [`${plural('type', types.length)} ${quoted(types)}`] : []),
    ...(all.some((options) => (options?.user ?? '') !== '') ? ['user may not be set'] : []),
    ...(all.some((options) => (options?.role ?? '') !== '') ? ['role may not be set'] : []),
  ];
  const who = setters(bad(podOptions), containers);
  return {
    reason: 'seLinuxOptions',
    detail: `${who} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
  };
};

export function isBadSeccomp(type: string | undefined): boolean {
  return type !== undefined && type !== 'Localhost' && type !== 'RuntimeDefault';
}

/** Who sets a seccomp profile that no level allows. */
export const explicitSeccomp: Check = (subject) => {
  const podType = subject.spec?.securityContext?.seccompProfile?.type;
  const containers = containersOf(subject).filter((container) => isBadSeccomp(container.securityContext?.seccompProfile?.type));
  const values = sortedSet([
    ...(isBadSeccomp(podType) ? [podType ?? ''] : []),
    ...containers.map((container) => container.securityContext?.seccompProfile?.type ?? ''),
  ]);
  if (values.length === 0) return undefined;
  const who = setters(isBadSeccomp(podType), containers);
  return {
    reason: 'seccompProfile',
    detail: `${who} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
  };
};

const sysctls: Check = (subject) => {
  const names = (subject.spec?.securityContext?.sysctls ?? []).map((sysctl) => sysctl.name ?? '');
  const unsafe = names.filter((name) => !SAFE_SYSCTLS.includes(name));
  return unsafe.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: unsafe.join(', ') };
};

const windowsHostProcess: Check = (subject: Subject) => {
  const pod = subject.spec?.securityContext?.windowsOptions?.hostProcess === true;
  const containers = containersOf(subject).filter((container) => container.securityContext?.windowsOptions?.hostProcess === true);
  if (!pod && containers.length === 0) return undefined;
  return {
    reason: 'hostProcess',
    detail: `${setters(pod, containers)} must not set securityContext.windowsOptions.hostProcess=true`,
  };
};

/** By id, since the restricted level replaces some of them; messages list them in the order of the ids. */
export const BASELINE_CHECKS: Readonly<Record<string, Check>> = {
  appArmorProfile,
  capabilities_baseline: capabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle: hostProbes,
  privileged,
  procMount,
  seLinuxOptions,
  seccompProfile_baseline: explicitSeccomp,
  sysctls,
  windowsHostProcess,
};
