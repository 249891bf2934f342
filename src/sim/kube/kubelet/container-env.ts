/**
 * The environment the kubelet gives a container: envFrom, env with references and $(expansion), Service variables.
 * Modelled on pkg/kubelet/kubelet_pods.go makeEnvironmentVariables, pkg/kubelet/envvars and third_party/forked/golang/expansion (v1.37).
 */
import type { Service } from '../api/types-core.ts';
import type { Container, EnvVar, Pod } from '../api/types-pod.ts';
import type { Storage } from '../apiserver/storage.ts';
import { fieldValue, resourceValue } from './downward-value.ts';
import type { PodFacts } from './downward-value.ts';

/** Why the environment cannot be made, e.g. `configmap "x" not found`. */
export interface EnvProblem {
  readonly kind: 'env-problem';
  readonly message: string;
}

/** Expands `$(NAME)`; `$$(NAME)` stays as `$(NAME)`, unknown names stay as they are. */
export function expand(text: string, value: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '$') {
      result += text[i] ?? '';
      continue;
    }
    const next = text[i + 1];
    if (next === '$') {
      result += '$';
      i++;
    } else if (next === '(') {
      const end = text.indexOf(')', i + 2);
      if (end < 0) {
        result += '$(';
        i++;
        continue;
      }
      const name = text.slice(i + 2, end);
      result += value(name) ?? `$(${name})`;
      i = end;
    } else result += '$';
  }
  return result;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

const VARIABLES = new WeakMap<Service, readonly (readonly [string, string])[]>();

/** Every container of a namespace asks for the same. */
function serviceVariables(service: Service): readonly (readonly [string, string])[] {
  const known = VARIABLES.get(service) ?? composedVariables(service);
  VARIABLES.set(service, known);
  return known;
}

function composedVariables(service: Service): [string, string][] {
  const host = service.spec.clusterIP ?? '';
  const prefix = variableName(service.metadata.name);
  const ports = service.spec.ports ?? [];
  const [first] = ports;
  if (first === undefined) return [];
  const variables: [string, string][] = [
    [`${prefix}_SERVICE_HOST`, host],
    [`${prefix}_SERVICE_PORT`, String(first.port)],
  ];
  for (const port of ports)
    if ((port.name ?? '') !== '') variables.push([`${prefix}_SERVICE_PORT_${variableName(port.name ?? '')}`, String(port.port)]);
  for (const [index, port] of ports.entries()) {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    const url = `${protocol}://${host}:${String(port.port)}`;
    if (index === 0) variables.push([`${prefix}_PORT`, url]);
    const portPrefix = `${prefix}_PORT_${String(port.port)}_${protocol.toUpperCase()}`;
    variables.push([portPrefix, url], [`${portPrefix}_PROTO`, protocol], [`${portPrefix}_PORT`, String(port.port)], [`${portPrefix}_ADDR`, host]);
  }
  return variables;
}

/** Variables of the Services a Pod can see: those of its namespace, and `kubernetes` in any case. */
function linkVariables(pod: Pod, storage: Storage): Map<string, string> {
  const services = new Map<string, Service>();
  const hasAddress = (service: Service): boolean =>
    service.spec.clusterIP !== undefined && service.spec.clusterIP !== '' && service.spec.clusterIP !== 'None';
  const master = storage.get('services', 'default', 'kubernetes');
  if (master !== undefined && hasAddress(master)) services.set('kubernetes', master);
  if (pod.spec.enableServiceLinks !== false) {
    for (const service of storage.objects('services', pod.metadata.namespace)) if (hasAddress(service)) services.set(service.metadata.name, service);
  }
  return new Map([...services.values()].flatMap(serviceVariables));
}

/** The variables of a container, in order. */
export function containerEnv(
  pod: Pod,
  container: Container,
  context: { readonly storage: Storage; readonly facts: PodFacts },
): readonly (readonly [string, string])[] | EnvProblem {
  const { storage } = context;
  const services = linkVariables(pod, storage);
  const result = new Map<string, string>();
  const namespace = pod.metadata.namespace ?? '';
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const reference = configMapRef ?? secretRef;
    if (reference === undefined) continue;
    const data =
      configMapRef === undefined
        ? secretData(storage, namespace, reference.name ?? '')
        : storage.get('configmaps', namespace, reference.name ?? '')?.data;
    const known = configMapRef === undefined ? data !== undefined : storage.get('configmaps', namespace, reference.name ?? '') !== undefined;
    if (!known) {
      if (reference.optional === true) continue;
      return problem(`${configMapRef === undefined ? 'secret' : 'configmap'} "${reference.name ?? ''}" not found`);
    }
    for (const [key, value] of Object.entries(data ?? {})) result.set(`${prefix}${key}`, value);
  }
  const env = container.env ?? [];
  const known = env.length === 0 ? services : new Map([...services, ...result]);
  for (const variable of env) {
    const value = valueOf(variable, { pod, container, ...context, known });
    if (typeof value === 'object') return value;
    if (value === undefined) continue;
    result.set(variable.name, value);
    known.set(variable.name, value);
  }
  for (const [name, value] of services) if (!result.has(name)) result.set(name, value);
  return [...result];
}

interface ValueContext {
  readonly pod: Pod;
  readonly container: Container;
  readonly storage: Storage;
  readonly facts: PodFacts;
  readonly known: ReadonlyMap<string, string>;
}

function valueOf(variable: EnvVar, context: ValueContext): string | undefined | EnvProblem {
  const { pod, container, storage, facts, known } = context;
  const { valueFrom } = variable;
  if (valueFrom === undefined) return expand(variable.value ?? '', (name) => known.get(name));
  const namespace = pod.metadata.namespace ?? '';
  if (valueFrom.fieldRef !== undefined) return fieldValue(pod, valueFrom.fieldRef.fieldPath, facts);
  if (valueFrom.resourceFieldRef !== undefined) {
    const name = valueFrom.resourceFieldRef.containerName;
    const target =
      name === undefined ? container : ([...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find((each) => each.name === name) ?? container);
    return resourceValue(target, valueFrom.resourceFieldRef, facts);
  }
  const { configMapKeyRef, secretKeyRef } = valueFrom;
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference === undefined) return undefined;
  const kind = configMapKeyRef === undefined ? 'secret' : 'configmap';
  const name = reference.name ?? '';
  const exists = configMapKeyRef === undefined ? storage.get('secrets', namespace, name) : storage.get('configmaps', namespace, name);
  if (exists === undefined) return reference.optional === true ? undefined : problem(`${kind} "${name}" not found`);
  const data = configMapKeyRef === undefined ? secretData(storage, namespace, name) : storage.get('configmaps', namespace, name)?.data;
  const value = data?.[reference.key];
  if (value !== undefined) return value;
  return reference.optional === true
    ? undefined
    : problem(`couldn't find key ${reference.key} in ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${namespace}/${name}`);
}

/** A Secret's values in clear. */
export function secretData(storage: Storage, namespace: string, name: string): Readonly<Record<string, string>> | undefined {
  const secret = storage.get('secrets', namespace, name);
  if (secret === undefined) return undefined;
  return Object.fromEntries(Object.entries(secret.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of UTF-8 text. */
export function decodeBase64(text: string): string {
  let bits = 0;
  let count = 0;
  let bytes = '';
  for (const char of text.replace(/[=\s]/g, '')) {
    bits = (bits << 6) | BASE64.indexOf(char);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += `%${((bits >> count) & 255).toString(16).padStart(2, '0')}`;
    }
  }
  try {
    return decodeURIComponent(bytes);
  } catch {
    return bytes.replace(/%(..)/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}

function problem(message: string): EnvProblem {
  return { kind: 'env-problem', message };
}
