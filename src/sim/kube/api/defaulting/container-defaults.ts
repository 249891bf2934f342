// Fills in what a container leaves out.
// Modelled on pkg/apis/core/v1/defaults.go (v1.37): SetDefaults_Container, SetDefaults_Probe, SetDefaults_HTTPGetAction and the +default markers.

import type { Container, EnvVar, HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { defaultPullPolicy } from './image-tag.ts';

type AnyContainer = Unchecked<Container>;

/** A container with its defaults; those that depend on the Pod come in pod-defaults.ts. */
export function withContainerDefaults<C extends AnyContainer>(container: C): C {
  return {
    ...container,
    ...(container.ports === undefined ? {} : { ports: container.ports.map((port) => ({ ...port, protocol: orElse(port.protocol, 'TCP') })) }),
    ...(container.env === undefined ? {} : { env: container.env.map(withEnvDefaults) }),
    ...mapped(container, 'livenessProbe', withProbeDefaults),
    ...mapped(container, 'readinessProbe', withProbeDefaults),
    ...mapped(container, 'startupProbe', withProbeDefaults),
    ...mapped(container, 'lifecycle', withLifecycleDefaults),
    resources: container.resources ?? {},
    imagePullPolicy: orElse(container.imagePullPolicy, defaultPullPolicy(container.image ?? '')),
    terminationMessagePath: orElse(container.terminationMessagePath, '/dev/termination-log'),
    terminationMessagePolicy: orElse(container.terminationMessagePolicy, 'File'),
  };
}

/** Go's defaults apply to the empty string as to nothing. */
export function orElse(value: string | undefined, fallback: string): string {
  return value === undefined || value === '' ? fallback : value;
}

/** The one field, changed, when it is there; nothing otherwise. */
export function mapped<T, K extends keyof T>(object: T, key: K, change: (value: NonNullable<T[K]>) => NonNullable<T[K]>): Partial<T> {
  const value = object[key];
  if (value === undefined || value === null) return {};
  return { [key]: change(value) } as unknown as Partial<T>;
}

function withEnvDefaults(variable: Unchecked<EnvVar>): Unchecked<EnvVar> {
  const fieldRef = variable.valueFrom?.fieldRef;
  const resourceRef = variable.valueFrom?.resourceFieldRef;
  if (fieldRef === undefined && resourceRef === undefined) return variable;
  return {
    ...variable,
    valueFrom: {
      ...variable.valueFrom,
      ...(fieldRef === undefined ? {} : { fieldRef: { ...fieldRef, apiVersion: orElse(fieldRef.apiVersion, 'v1') } }),
      ...(resourceRef === undefined ? {} : { resourceFieldRef: { ...resourceRef, divisor: resourceRef.divisor ?? '0' } }),
    },
  };
}

function withProbeDefaults(probe: Unchecked<Probe>): Unchecked<Probe> {
  return {
    ...probe,
    ...mapped(probe, 'httpGet', withHttpDefaults),
    ...mapped(probe, 'grpc', (grpc) => ({ ...grpc, service: grpc.service ?? '' })),
    timeoutSeconds: positive(probe.timeoutSeconds, 1),
    periodSeconds: positive(probe.periodSeconds, 10),
    successThreshold: positive(probe.successThreshold, 1),
    failureThreshold: positive(probe.failureThreshold, 3),
  };
}

function positive(value: number | undefined, fallback: number): number {
  return value === undefined || value === 0 ? fallback : value;
}

function withHttpDefaults(action: Unchecked<HTTPGetAction>): Unchecked<HTTPGetAction> {
  return { ...action, path: orElse(action.path, '/'), scheme: orElse(action.scheme, 'HTTP') };
}

function withLifecycleDefaults(lifecycle: Unchecked<Lifecycle>): Unchecked<Lifecycle> {
  const withHandler = (handler: Unchecked<LifecycleHandler>): Unchecked<LifecycleHandler> => ({
    ...handler,
    ...mapped(handler, 'httpGet', withHttpDefaults),
  });
  return {
    ...lifecycle,
    ...mapped(lifecycle, 'postStart', withHandler),
    ...mapped(lifecycle, 'preStop', withHandler),
  };
}
