// Fills in what a Pod leaves out, and what a Pod template does, which is less.
// Modelled on pkg/apis/core/v1/defaults.go (v1.37): SetDefaults_PodSpec, SetDefaults_Pod, defaultHostNetworkPorts.

import type { Container, Pod, PodSpec, PodTemplateSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { mapped, orElse, withContainerDefaults } from './container-defaults.ts';
import { withVolumeDefaults } from './volume-defaults.ts';

type Spec = Unchecked<PodSpec>;
type Containers = readonly Unchecked<Container>[];

const GRACE_SECONDS = 30;

/** A Pod with all defaults. On the node's network every declared port becomes a port of the node. */
export function withPodDefaults(pod: Unchecked<Pod>): Unchecked<Pod> {
  const spec = withPodSpecDefaults(pod.spec ?? {});
  const grace = spec.terminationGracePeriodSeconds ?? GRACE_SECONDS;
  const finish = (containers: Containers): Containers =>
    containers.map((container) => withHostPorts(withRequests(container), spec.hostNetwork === true));
  return {
    ...pod,
    spec: {
      ...spec,
      terminationGracePeriodSeconds: grace < 0 ? 1 : grace,
      ...mapped(spec, 'containers', finish),
      ...mapped(spec, 'initContainers', finish),
      enableServiceLinks: spec.enableServiceLinks ?? true,
    },
  };
}

/** A template with its defaults; host ports and requests wait until the Pod is created. */
export function withTemplateDefaults(template: Unchecked<PodTemplateSpec> | undefined): Unchecked<PodTemplateSpec> {
  return { ...template, metadata: template?.metadata ?? {}, spec: withPodSpecDefaults(template?.spec ?? {}) };
}

function withPodSpecDefaults(spec: Spec): Spec {
  const account = orElse(spec.serviceAccountName, spec.serviceAccount ?? '');
  return {
    ...spec,
    ...mapped(spec, 'volumes', (volumes) => volumes.map(withVolumeDefaults)),
    ...mapped(spec, 'containers', (containers) => containers.map(withContainerDefaults)),
    ...mapped(spec, 'initContainers', (containers) => containers.map(withContainerDefaults)),
    ...mapped(spec, 'ephemeralContainers', (containers) => containers.map(withContainerDefaults)),
    ...(account === '' ? {} : { serviceAccountName: account, serviceAccount: account }),
    dnsPolicy: orElse(spec.dnsPolicy, 'ClusterFirst'),
    restartPolicy: orElse(spec.restartPolicy, 'Always'),
    securityContext: spec.securityContext ?? {},
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? GRACE_SECONDS,
    schedulerName: orElse(spec.schedulerName, 'default-scheduler'),
  };
}

/** Requests that are not given are as large as the limits. */
function withRequests(container: Unchecked<Container>): Unchecked<Container> {
  const { limits, requests } = container.resources ?? {};
  if (limits === undefined) return container;
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } };
}

function withHostPorts(container: Unchecked<Container>, hostNetwork: boolean): Unchecked<Container> {
  if (!hostNetwork || container.ports === undefined) return container;
  const ports = container.ports.map((port) => {
    const hostPort = port.hostPort ?? 0;
    const { containerPort } = port;
    return hostPort !== 0 || containerPort === undefined || containerPort === 0 ? port : { ...port, hostPort: containerPort };
  });
  return { ...container, ports };
}
