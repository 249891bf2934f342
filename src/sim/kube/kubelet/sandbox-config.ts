/** A Pod as the CRI's PodSandboxConfig. Modelled on pkg/kubelet/kuberuntime/kuberuntime_sandbox.go and util (v1.37). */
import type { Pod } from '../api/types-pod.ts';
import type { NamespaceMode, PodSandboxConfig, PortMapping } from '../cri/runtime.ts';
import { shownHostname } from './pod-hostname.ts';
import type { DnsSettings } from './pod-dns.ts';

/** The namespaces a Pod's containers share with each other or with the node. */
export function namespaceModes(pod: Pod): PodSandboxConfig['namespaces'] {
  const { hostNetwork, hostPID, hostIPC, hostUsers, shareProcessNamespace } = pod.spec;
  const pid: NamespaceMode = hostPID === true ? 'node' : shareProcessNamespace === true ? 'pod' : 'container';
  return { network: hostNetwork === true ? 'node' : 'pod', pid, ipc: hostIPC === true ? 'node' : 'pod', user: hostUsers === false ? 'pod' : 'node' };
}

/** Host ports the network plugin maps; on the host network there is nothing to map. */
function portMappings(pod: Pod): PortMapping[] {
  if (pod.spec.hostNetwork === true) return [];
  const restartable = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...pod.spec.containers, ...restartable].flatMap((container) =>
    (container.ports ?? [])
      .filter((port) => (port.hostPort ?? 0) > 0)
      .map((port) => ({
        protocol: port.protocol ?? 'TCP',
        containerPort: port.containerPort,
        hostPort: port.hostPort ?? 0,
        hostIP: port.hostIP ?? '',
      })),
  );
}

export interface SandboxContext {
  readonly attempt: number;
  readonly dns: DnsSettings;
  readonly qosClass: string;
  readonly idMapping: PodSandboxConfig['idMapping'];
}

/** The sandbox's configuration. */
export function sandboxConfig(pod: Pod, context: SandboxContext): PodSandboxConfig {
  const { metadata, spec } = pod;
  const uid = metadata.uid ?? '';
  const qos = context.qosClass.toLowerCase();
  const slice = context.qosClass === 'Guaranteed' ? '' : `/${qos}`;
  const { dns } = context;
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    uid,
    attempt: context.attempt,
    hostname: shownHostname(pod),
    cgroupParent: `/kubepods${slice}/pod${uid}`,
    dns: { servers: dns.servers, searches: dns.searches, options: dns.options },
    portMappings: portMappings(pod),
    sysctls: Object.fromEntries((spec.securityContext?.sysctls ?? []).map((sysctl) => [sysctl.name.replaceAll('/', '.'), sysctl.value])),
    runAsUser: spec.securityContext?.runAsUser,
    ...(context.idMapping === undefined ? {} : { idMapping: context.idMapping }),
    privileged: [...spec.containers, ...(spec.initContainers ?? [])].some((container) => container.securityContext?.privileged === true),
    namespaces: namespaceModes(pod),
  };
}
