/** What a profile of `kubectl debug` gives the debugging container and its Pod (kubectl pkg/cmd/debug/profiles.go, v0.37). Pure. */
import { isMap, listAt, mapAt } from '../output/plain-value.ts';
import type { Plain, PlainMap } from '../output/plain-value.ts';

export type DebugStyle = 'node' | 'copy' | 'ephemeral';

export const PROFILES: readonly string[] = ['legacy', 'general', 'baseline', 'netadmin', 'restricted', 'sysadmin'];

/** The debugging container with its rights. */
export function containerFor(profile: string, style: DebugStyle, container: PlainMap): PlainMap {
  const context = mapAt(container, 'securityContext');
  switch (profile) {
    case 'general':
      return style === 'node' ? without(container, 'securityContext') : withCapability(container, 'SYS_PTRACE');
    case 'baseline':
      return style === 'node' ? container : without(container, 'securityContext');
    case 'netadmin':
      return withCapability(withCapability(container, 'NET_ADMIN'), 'NET_RAW');
    case 'sysadmin':
      return { ...container, securityContext: { ...context, privileged: true } };
    case 'restricted':
      return {
        ...container,
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      };
    default:
      return container;
  }
}

function without(container: PlainMap, field: string): PlainMap {
  return Object.fromEntries(Object.entries(container).filter(([key]) => key !== field));
}

function withCapability(container: PlainMap, capability: string): PlainMap {
  const context = mapAt(container, 'securityContext');
  const capabilities = mapAt(context, 'capabilities');
  const add = [...listAt(capabilities, 'add'), capability];
  return { ...container, securityContext: { ...context, capabilities: { ...capabilities, add } } };
}

/** The spec of a Pod that debugs a node: its namespaces and its root file system, as the profile allows. */
export function nodePodSpec(profile: string, spec: PlainMap): PlainMap {
  const host = { hostIPC: true, hostNetwork: true, hostPID: true };
  const rooted = {
    ...spec,
    volumes: [{ hostPath: { path: '/' }, name: 'host-root' }],
    containers: listAt(spec, 'containers').map((container) =>
      isMap(container) ? { ...container, volumeMounts: [{ mountPath: '/host', name: 'host-root' }] } : container,
    ),
  };
  if (profile === 'netadmin') return { ...spec, ...host };
  return ['legacy', 'general', 'sysadmin'].includes(profile) ? { ...rooted, ...host } : spec;
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** A copied Pod's spec: without probes and init containers, with shared processes. */
export function copiedSpec(profile: string, spec: PlainMap, keep: { readonly probes: readonly string[]; readonly init: boolean }): PlainMap {
  if (profile === 'legacy') return spec;
  const containers = listAt(spec, 'containers').map((container: Plain) =>
    isMap(container)
      ? Object.fromEntries(Object.entries(container).filter(([key]) => !PROBES.includes(key) || keep.probes.includes(key)))
      : container,
  );
  const { initContainers, ...rest } = spec;
  return {
    ...rest,
    containers,
    ...(keep.init && initContainers !== undefined ? { initContainers } : {}),
    shareProcessNamespace: spec['shareProcessNamespace'] ?? true,
  };
}
