// Checks probes and lifecycle handlers.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateProbe, validateHandler, validateLifecycle.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { portErrors, portOrNameErrors } from './container-ports.ts';
import { httpHeaderProblems } from './names.ts';

export type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

const COUNTERS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;

export const NEGATIVE = 'must be greater than or equal to 0';

export function nonNegativeErrors(value: number, field: string): FieldError[] {
  return value < 0 ? [invalid(field, value, NEGATIVE)] : [];
}

export function probeErrors(kind: ProbeKind, probe: Unchecked<Probe> | undefined, field: string): FieldError[] {
  if (probe === undefined) return [];
  const grace = probe.terminationGracePeriodSeconds;
  const errors = [...handlerErrors(probe, undefined, field), ...COUNTERS.flatMap((key) => nonNegativeErrors(probe[key] ?? 0, `${field}.${key}`))];
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  }
  if (kind === 'readinessProbe') {
    if (grace !== undefined) {
      errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
    }
  } else if ((probe.successThreshold ?? 0) !== 1) {
    errors.push(invalid(`${field}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'));
  }
  return errors;
}

/** Handler fields of a probe and of a lifecycle hook; a probe has no sleep, a hook no grpc. */
type Handler = Unchecked<LifecycleHandler> & Pick<Unchecked<Probe>, 'grpc'>;

const HANDLER_KINDS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

function handlerErrors(handler: Handler, grace: number | undefined, field: string): FieldError[] {
  const present = HANDLER_KINDS.filter((kind) => handler[kind] !== undefined);
  if (present.length === 0) return [required(field, 'must specify a handler type')];
  return present.flatMap((kind, index) =>
    index === 0
      ? actionErrors({ kind, handler, grace }, `${field}.${kind}`)
      : [forbidden(`${field}.${kind}`, 'may not specify more than 1 handler type')],
  );
}

interface Action {
  readonly kind: (typeof HANDLER_KINDS)[number];
  readonly handler: Handler;
  readonly grace: number | undefined;
}

function actionErrors({ kind, handler, grace }: Action, field: string): FieldError[] {
  switch (kind) {
    case 'exec':
      return (handler.exec?.command ?? []).length === 0 ? [required(`${field}.command`)] : [];
    case 'httpGet':
      return httpGetErrors(handler.httpGet ?? {}, field);
    case 'tcpSocket':
      return portOrNameErrors(handler.tcpSocket?.port ?? 0, `${field}.port`);
    case 'grpc':
      return portErrors(handler.grpc?.port ?? 0, `${field}.port`);
    case 'sleep': {
      const seconds = handler.sleep?.seconds ?? 0;
      if (grace === undefined || (seconds >= 0 && seconds <= grace)) return [];
      return [invalid(field, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${String(grace)})`)];
    }
  }
}

function httpGetErrors(get: Unchecked<HTTPGetAction>, field: string): FieldError[] {
  const scheme = get.scheme ?? '';
  return [
    ...((get.path ?? '') === '' ? [required(`${field}.path`)] : []),
    ...portOrNameErrors(get.port ?? 0, `${field}.port`),
    ...(scheme === 'HTTP' || scheme === 'HTTPS' ? [] : [notSupported(`${field}.scheme`, scheme, ['HTTP', 'HTTPS'])]),
    ...(get.httpHeaders ?? []).flatMap((header) =>
      httpHeaderProblems(header.name ?? '').map((problem) => invalid(`${field}.httpHeaders`, header.name ?? '', problem)),
    ),
  ];
}

export interface LifecycleSurroundings {
  readonly gracePeriod: number | undefined;
}

export function lifecycleErrors(lifecycle: Unchecked<Lifecycle>, around: LifecycleSurroundings, field: string): FieldError[] {
  const { gracePeriod } = around;
  return [
    ...(lifecycle.postStart === undefined ? [] : handlerErrors(lifecycle.postStart, gracePeriod, `${field}.postStart`)),
    ...(lifecycle.preStop === undefined ? [] : handlerErrors(lifecycle.preStop, gracePeriod, `${field}.preStop`)),
  ];
}
