// Checks environment variables and where their values come from.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateEnv, ValidateEnvFrom.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required } from '../field-error.ts';
import { canonicalQuantity, quantityNano } from '../quantity.ts';
import type { ConfigMapKeySelector, EnvFromSource, FileKeySelector, ObjectFieldSelector, ResourceFieldSelector } from '../types-env.ts';
import type { EnvVar, EnvVarSource } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { configMapKeyProblems, dnsLabelProblems, dnsSubdomainProblems, envNameProblems, labelKeyProblems, withoutTrailingDash } from './names.ts';
import { pathBackstepErrors } from './paths.ts';

const ENV_FIELD_PATHS: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

const RESOURCE_PATHS: readonly string[] = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

export function envErrors(vars: readonly Unchecked<EnvVar>[], field: string): FieldError[] {
  return vars.flatMap((variable, index) => {
    const path = `${field}[${String(index)}]`;
    const name = variable.name ?? '';
    return [
      ...(name === '' ? [required(`${path}.name`)] : envNameProblems(name).map((problem) => invalid(`${path}.name`, name, problem))),
      ...valueFromErrors(variable, `${path}.valueFrom`),
    ];
  });
}

function valueFromErrors(variable: Unchecked<EnvVar>, field: string): FieldError[] {
  const from = variable.valueFrom;
  if (from === undefined) return [];
  const errors = sourceErrors(from, field);
  const sources = [from.fieldRef, from.resourceFieldRef, from.configMapKeyRef, from.secretKeyRef, from.fileKeyRef];
  const count = sources.filter((source) => source !== undefined).length;
  if (count === 0) {
    const choices = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    return [...errors, invalid(field, '', `must specify one of: ${choices}`)];
  }
  if ((variable.value ?? '') !== '') return [...errors, invalid(field, '', 'may not be specified when `value` is not empty')];
  return count > 1 ? [...errors, invalid(field, '', 'may not have more than one field specified at a time')] : errors;
}

function sourceErrors(from: Unchecked<EnvVarSource>, field: string): FieldError[] {
  return [
    ...(from.fieldRef === undefined ? [] : fieldRefErrors(from.fieldRef, ENV_FIELD_PATHS, `${field}.fieldRef`)),
    ...(from.resourceFieldRef === undefined ? [] : resourceFieldErrors(from.resourceFieldRef, `${field}.resourceFieldRef`, false)),
    ...(from.configMapKeyRef === undefined ? [] : keySelectorErrors(from.configMapKeyRef, `${field}.configMapKeyRef`)),
    ...(from.secretKeyRef === undefined ? [] : keySelectorErrors(from.secretKeyRef, `${field}.secretKeyRef`)),
    ...(from.fileKeyRef === undefined ? [] : fileKeyErrors(from.fileKeyRef, `${field}.fileKeyRef`)),
  ];
}

function keySelectorErrors(selector: Unchecked<ConfigMapKeySelector>, field: string): FieldError[] {
  const name = selector.name ?? '';
  const key = selector.key ?? '';
  return [
    ...dnsSubdomainProblems(name).map((problem) => invalid(`${field}.name`, name, problem)),
    ...(key === '' ? [required(`${field}.key`)] : configMapKeyProblems(key).map((problem) => invalid(`${field}.key`, key, problem))),
  ];
}

function fileKeyErrors(selector: Unchecked<FileKeySelector>, field: string): FieldError[] {
  const { key = '', volumeName = '', path = '' } = selector;
  return [
    ...(key === '' ? [required(`${field}.key`)] : envNameProblems(key).map((problem) => invalid(`${field}.key`, key, problem))),
    ...(volumeName === ''
      ? [required(`${field}.volumeName`)]
      : dnsLabelProblems(volumeName).map((problem) => invalid(`${field}.volumeName`, volumeName, problem))),
    ...(path === '' ? [required(`${field}.path`)] : pathBackstepErrors(path, `${field}.path`)),
  ];
}

/** Errors of a downward API field reference; `allowed` lists the whole paths, labels and annotations may be subscripted. */
export function fieldRefErrors(ref: Unchecked<ObjectFieldSelector>, allowed: readonly string[], field: string): FieldError[] {
  const path = ref.fieldPath ?? '';
  if ((ref.apiVersion ?? '') === '') return [required(`${field}.apiVersion`)];
  if (path === '') return [required(`${field}.fieldPath`)];
  const subscripted = /^(.*)\['(.*)'\]$/.exec(path);
  const base = subscripted?.[1] ?? path;
  const labelled = base === 'metadata.annotations' || base === 'metadata.labels';
  if (subscripted === null ? !FIELD_LABELS.includes(path) : !labelled) {
    const why = subscripted === null ? 'not supported' : 'does not support subscript';
    return [invalid(`${field}.fieldPath`, path, `error converting fieldPath: field label ${why}: ${path}`)];
  }
  if (subscripted === null) return allowed.includes(path) ? [] : [notSupported(`${field}.fieldPath`, path, allowed)];
  const key = subscripted[2] ?? '';
  const judged = base === 'metadata.annotations' ? key.toLowerCase() : key;
  return labelKeyProblems(judged).map((problem) => invalid(field, judged, problem));
}

// pkg/apis/core/pods/helpers.go: ConvertDownwardAPIFieldLabel.
const FIELD_LABELS: readonly string[] = [
  ...ENV_FIELD_PATHS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
];

/** Errors of a reference to a container's resource; in a volume the container must be named. */
export function resourceFieldErrors(ref: Unchecked<ResourceFieldSelector>, field: string, inVolume: boolean): FieldError[] {
  const resource = ref.resource ?? '';
  const errors: FieldError[] = [];
  if (inVolume && (ref.containerName ?? '') === '') errors.push(required(`${field}.containerName`));
  else if (resource === '') errors.push(required(`${field}.resource`));
  else if (!RESOURCE_PATHS.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource)) {
    errors.push(notSupported(`${field}.resource`, resource, RESOURCE_PATHS));
  }
  return [...errors, ...divisorErrors(ref, resource, `${field}.divisor`)];
}

function divisorErrors(ref: Unchecked<ResourceFieldSelector>, resource: string, field: string): FieldError[] {
  if (quantityNano(ref.divisor) === 0n) return [];
  const text = canonicalQuantity(ref.divisor ?? '0');
  if (resource.endsWith('.cpu')) {
    if (text === '1m' || text === '1') return [];
    return [invalid(field, resource, "only divisor's values 1m and 1 are supported with the cpu resource")];
  }
  const storage = resource.endsWith('.ephemeral-storage') ? 'local ephemeral storage' : undefined;
  const kind = resource.endsWith('.memory') ? 'memory' : resource.includes('.hugepages-') ? 'hugepages' : storage;
  if (kind === undefined || /^1([kMGTPE]|[KMGTPE]i)?$/.test(text)) return [];
  const values = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei';
  return [invalid(field, resource, `only divisor's values ${values} are supported with the ${kind} resource`)];
}

export function envFromErrors(sources: readonly Unchecked<EnvFromSource>[], field: string): FieldError[] {
  return sources.flatMap((source, index) => {
    const path = `${field}[${String(index)}]`;
    const prefix = source.prefix ?? '';
    const errors = prefix === '' ? [] : envNameProblems(prefix).map((problem) => invalid(`${path}.prefix`, prefix, problem));
    const refs = (['configMapRef', 'secretRef'] as const).filter((key) => source[key] !== undefined);
    for (const key of refs) {
      const name = source[key]?.name ?? '';
      if (name === '') errors.push(required(`${path}.${key}.name`));
      else errors.push(...dnsSubdomainProblems(withoutTrailingDash(name)).map((problem) => invalid(`${path}.${key}.name`, name, problem)));
    }
    if (refs.length === 0) errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
    if (refs.length > 1) errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
    return errors;
  });
}
