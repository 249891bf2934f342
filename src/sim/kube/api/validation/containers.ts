// Checks the containers of a Pod: ordinary, init and ephemeral ones.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateContainerCommon, validateContainers, validateInitContainers, validateEphemeralContainers.

import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notFound, notSupported, required, tooMany } from '../field-error.ts';
import type { Container, EphemeralContainer, PodSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { containerPortErrors, hostPortConflicts } from './container-ports.ts';
import { envErrors, envFromErrors } from './env.ts';
import type { LifecycleSurroundings, ProbeKind } from './handlers.ts';
import { lifecycleErrors, probeErrors } from './handlers.ts';
import { dnsLabelProblems } from './names.ts';
import { resourceErrors } from './resources.ts';
import { securityContextErrors } from './security-context.ts';
import { volumeDeviceErrors, volumeMountErrors } from './volume-mounts.ts';
import type { VolumeByName } from './volumes.ts';

type AnyContainer = Unchecked<Container>;

/** What the containers of one Pod share. */
export interface ContainerSurroundings extends LifecycleSurroundings {
  readonly volumes: VolumeByName;
  readonly claimNames: ReadonlySet<string>;
  readonly restartPolicy: string;
  readonly hostUsers: boolean;
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROBES: readonly ProbeKind[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];

export function containerErrors(spec: Unchecked<PodSpec>, around: ContainerSurroundings, field: string): FieldError[] {
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [required(field)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, index) => {
    const path = `${field}[${String(index)}]`;
    return [
      ...commonErrors(container, around, path),
      ...uniqueNameErrors(container.name ?? '', names, path),
      ...runningErrors(container, around, path),
      ...restartPolicyErrors(container, path),
    ];
  });
  return [...errors, ...hostPortConflicts(containers, field)];
}

export function initContainerErrors(spec: Unchecked<PodSpec>, around: ContainerSurroundings, field: string): FieldError[] {
  const names = new Set((spec.containers ?? []).map((container) => container.name ?? ''));
  return (spec.initContainers ?? []).flatMap((container, index) => {
    const path = `${field}[${String(index)}]`;
    const sidecar = container.restartPolicy === 'Always';
    return [
      ...commonErrors(container, around, path),
      ...restartPolicyErrors(container, path),
      ...uniqueNameErrors(container.name ?? '', names, path),
      // Init containers run one by one, so each is judged alone; upstream then always names the first.
      ...hostPortConflicts([container], field),
      ...(sidecar ? runningErrors(container, around, path) : notForInit(container, path)),
    ];
  });
}

function notForInit(container: AnyContainer, path: string): FieldError[] {
  const detail = 'may not be set for init containers without restartPolicy=Always';
  const restart = "must not be set to 'RestartContainer' for non-sidecar initContainers";
  return [
    ...(['lifecycle', ...PROBES] as const).flatMap((key) => (container[key] === undefined ? [] : [forbidden(`${path}.${key}`, detail)])),
    ...(container.resizePolicy ?? []).flatMap(({ restartPolicy = '' }, index) =>
      restartPolicy === 'RestartContainer' ? [invalid(`${path}.resizePolicy[${String(index)}].restartPolicy`, restartPolicy, restart)] : [],
    ),
  ];
}

const NOT_FOR_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

export function ephemeralContainerErrors(spec: Unchecked<PodSpec>, around: ContainerSurroundings, field: string): FieldError[] {
  const others = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((container) => container.name ?? '');
  const names = new Set(others);
  return (spec.ephemeralContainers ?? []).flatMap((container, index) => {
    const path = `${field}[${String(index)}]`;
    const target = container.targetContainerName ?? '';
    const name = container.name ?? '';
    const taken = names.has(name);
    names.add(name);
    return [
      ...commonErrors(container, around, path),
      ...imageSpaceErrors(container, path),
      ...(taken ? [duplicate(`${path}.name`, name)] : []),
      ...(target === '' || others.includes(target) ? [] : [notFound(`${path}.targetContainerName`, target)]),
      ...notForEphemeral(container, path),
    ];
  });
}

function notForEphemeral(container: Unchecked<EphemeralContainer>, path: string): FieldError[] {
  const detail = 'cannot be set for an Ephemeral Container';
  const errors: FieldError[] = NOT_FOR_EPHEMERAL.flatMap((key) => {
    const value = container[key];
    const unset = value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
    return unset ? [] : [forbidden(`${path}.${key}`, detail)];
  });
  (container.volumeMounts ?? []).forEach((mount, index) => {
    for (const key of ['subPath', 'subPathExpr'] as const) {
      if ((mount[key] ?? '') !== '') errors.push(forbidden(`${path}.volumeMounts[${String(index)}].${key}`, detail));
    }
  });
  return errors;
}

function uniqueNameErrors(name: string, seen: Set<string>, path: string): FieldError[] {
  if (seen.has(name)) return [duplicate(`${path}.name`, name)];
  seen.add(name);
  return [];
}

function commonErrors(container: AnyContainer, around: ContainerSurroundings, path: string): FieldError[] {
  const { name = '', image = '', terminationMessagePolicy = '', imagePullPolicy = '' } = container;
  return [
    ...(name === '' ? [required(`${path}.name`)] : dnsLabelProblems(name).map((problem) => invalid(`${path}.name`, name, problem))),
    ...(image === '' ? [required(`${path}.image`)] : []),
    ...choiceErrors(terminationMessagePolicy, MESSAGE_POLICIES, `${path}.terminationMessagePolicy`),
    ...containerPortErrors(container.ports ?? [], `${path}.ports`),
    ...envErrors(container.env ?? [], `${path}.env`),
    ...envFromErrors(container.envFrom ?? [], `${path}.envFrom`),
    ...volumeMountErrors(container, around.volumes, `${path}.volumeMounts`),
    ...volumeDeviceErrors(container, around.volumes, `${path}.volumeDevices`),
    ...choiceErrors(imagePullPolicy, PULL_POLICIES, `${path}.imagePullPolicy`),
    ...resourceErrors(container.resources, around.claimNames, `${path}.resources`),
    ...resizePolicyErrors(container, around.restartPolicy, `${path}.resizePolicy`),
    ...securityContextErrors(container.securityContext, around.hostUsers, `${path}.securityContext`),
  ];
}

/** Errors of a mandatory choice between fixed words. */
export function choiceErrors(value: string, supported: readonly string[], field: string): FieldError[] {
  if (value === '') return [required(field)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

function runningErrors(container: AnyContainer, around: LifecycleSurroundings, path: string): FieldError[] {
  return [
    ...(container.lifecycle === undefined ? [] : lifecycleErrors(container.lifecycle, around, `${path}.lifecycle`)),
    ...PROBES.flatMap((kind) => probeErrors(kind, container[kind], `${path}.${kind}`)),
  ];
}

function restartPolicyErrors(container: AnyContainer, path: string): FieldError[] {
  const policy = container.restartPolicy;
  const rules = container.restartPolicyRules ?? [];
  const errors: FieldError[] = [];
  if (policy === undefined) {
    if (rules.length === 0) return [];
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  } else if (!['Always', 'Never', 'OnFailure'].includes(policy)) {
    errors.push(notSupported(`${path}.restartPolicy`, policy, ['Always', 'Never', 'OnFailure']));
  }
  if (rules.length > 20) errors.push(tooMany(`${path}.restartPolicyRules`, rules.length, 20));
  rules.forEach((rule, index) => {
    const field = `${path}.restartPolicyRules[${String(index)}]`;
    const actions = ['Restart', 'RestartAllContainers'];
    if (!actions.includes(rule.action ?? '')) errors.push(notSupported(`${field}.action`, rule.action ?? '', actions));
    const operator = rule.exitCodes?.operator ?? '';
    if (rule.exitCodes === undefined) errors.push(required(`${field}.exitCodes`, 'must be specified'));
    else if (operator !== 'In' && operator !== 'NotIn') {
      errors.push(notSupported(`${field}.exitCodes.operator`, operator, ['In', 'NotIn']));
    }
  });
  return errors;
}

function resizePolicyErrors(container: AnyContainer, podRestartPolicy: string, field: string): FieldError[] {
  const seen = new Set<string>();
  return (container.resizePolicy ?? []).flatMap((entry, index) => {
    const { resourceName = '', restartPolicy = '' } = entry;
    const errors = seen.has(resourceName) ? [duplicate(`${field}[${String(index)}]`, resourceName)] : [];
    seen.add(resourceName);
    errors.push(...choiceErrors(resourceName, ['cpu', 'memory'], field));
    errors.push(...choiceErrors(restartPolicy, ['NotRequired', 'RestartContainer'], field));
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalid(field, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
    return errors;
  });
}

/** Blanks around an image's name are refused in Pods, but for compatibility not in templates. */
export function imageSpaceErrors(container: AnyContainer, path: string): FieldError[] {
  const image = container.image ?? '';
  return image.trim() === image ? [] : [invalid(`${path}.image`, image, 'must not have leading or trailing whitespace')];
}
