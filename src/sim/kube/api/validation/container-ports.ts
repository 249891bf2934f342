// Checks the ports a container declares, each alone and all of a Pod together.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateContainerPorts, checkHostPortConflicts, validatePodHostNetworkDeps.

import type { FieldError } from '../field-error.ts';
import { duplicate, invalid, notSupported, required } from '../field-error.ts';
import type { IntOrString } from '../types-meta.ts';
import type { Container, ContainerPort, PodSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { portNameProblems, portNumberProblems } from './names.ts';

export const PROTOCOLS: readonly string[] = ['SCTP', 'TCP', 'UDP'];

type Ports = readonly Unchecked<ContainerPort>[];

/** Errors of one container's ports; names must be unique among them. */
export function containerPortErrors(ports: Ports, field: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = `${field}[${String(index)}]`;
    return [
      ...nameErrors(port.name ?? '', names, `${path}.name`),
      ...numberErrors(port, path),
      ...protocolErrors(port.protocol ?? '', `${path}.protocol`),
    ];
  });
}

function nameErrors(name: string, seen: Set<string>, field: string): FieldError[] {
  if (name === '') return [];
  const problems = portNameProblems(name);
  if (problems.length > 0) return problems.map((problem) => invalid(field, name, problem));
  if (seen.has(name)) return [duplicate(field, name)];
  seen.add(name);
  return [];
}

function numberErrors(port: Unchecked<ContainerPort>, path: string): FieldError[] {
  const containerPort = port.containerPort ?? 0;
  const hostPort = port.hostPort ?? 0;
  return [
    ...(containerPort === 0 ? [required(`${path}.containerPort`)] : portErrors(containerPort, `${path}.containerPort`)),
    ...(hostPort === 0 ? [] : portErrors(hostPort, `${path}.hostPort`)),
  ];
}

/** Errors of a port number that must be usable. */
export function portErrors(port: number, field: string): FieldError[] {
  return portNumberProblems(port).map((problem) => invalid(field, port, problem));
}

/** Errors of a port given by number or by name. */
export function portOrNameErrors(port: IntOrString, field: string): FieldError[] {
  if (typeof port === 'number') return portErrors(port, field);
  return portNameProblems(port).map((problem) => invalid(field, port, problem));
}

export function protocolErrors(protocol: string, field: string): FieldError[] {
  if (protocol === '') return [required(field)];
  return PROTOCOLS.includes(protocol) ? [] : [notSupported(field, protocol, PROTOCOLS)];
}

/** Two containers of one Pod cannot ask for the same host port, address and protocol. */
export function hostPortConflicts(containers: readonly Unchecked<Container>[], field: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, index) =>
    (container.ports ?? []).flatMap((port, portIndex) => {
      const hostPort = port.hostPort ?? 0;
      if (hostPort === 0) return [];
      const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${String(hostPort)}`;
      if (taken.has(key)) return [duplicate(`${field}[${String(index)}].ports[${String(portIndex)}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

/**
 * On the node's network a container's port is the node's port. A template may leave hostPort out, since it is
 * filled in when its Pod is created; a Pod may not.
 */
export function hostNetworkPortErrors(spec: Unchecked<PodSpec>, field: string, isPod: boolean): FieldError[] {
  if (spec.hostNetwork !== true) return [];
  return (spec.containers ?? []).flatMap((container, index) =>
    (container.ports ?? []).flatMap((port, portIndex) => {
      const hostPort = port.hostPort ?? 0;
      if ((!isPod && hostPort === 0) || hostPort === (port.containerPort ?? 0)) return [];
      const path = `${field}.containers[${String(index)}].ports[${String(portIndex)}].hostPort`;
      return [invalid(path, hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}
