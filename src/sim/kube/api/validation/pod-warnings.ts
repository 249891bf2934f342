// What the API server remarks on Pods and templates that it accepts: settings that are odd, ambiguous or without effect.
// Modelled on pkg/api/pod/warnings.go (v1.37).

import { goQuote } from '../field-error.ts';
import { canonicalQuantity, quantityNano } from '../quantity.ts';
import type { Container, ContainerPort, Pod, PodSpec, PodTemplateSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { ipFamilyOf } from './ip-address.ts';
import { dnsLabelProblems, labelValueProblems } from './names.ts';

type AnyContainer = Unchecked<Container>;
type Spec = Unchecked<PodSpec>;

const NODE_LABELS: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

/** `prefix` is empty for a Pod and ends with a dot for a template. */
export function templateWarnings(template: Unchecked<PodTemplateSpec> | undefined, prefix: string): string[] {
  const spec = template?.spec ?? {};
  const path = `${prefix}spec`;
  const grace = spec.terminationGracePeriodSeconds ?? 0;
  return [
    ...placementWarnings(spec, path),
    ...listWarnings(spec, path),
    ...containersOf(spec, path).flatMap(({ container, field }) => [...amountWarnings(container, field), ...envWarnings(container, field)]),
    ...portWarnings(spec, path),
    ...portNameWarnings(spec, path),
    ...(grace < 0 ? [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`] : []),
    ...podAffinityWarnings(spec, path),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((ip, index) => ipWarnings(ip, `${path}.dnsConfig.nameservers[${String(index)}]`)),
    ...(spec.hostAliases ?? []).flatMap((alias, index) => ipWarnings(alias.ip ?? '', `${path}.hostAliases[${String(index)}].ip`)),
  ];
}

/** Containers in the order in which upstream visits them. */
function containersOf(spec: Spec, path: string): readonly { readonly container: AnyContainer; readonly field: string }[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, field: `${path}.${list}[${String(index)}]` })),
  );
}

function placementWarnings(spec: Spec, path: string): string[] {
  const node = spec.affinity?.nodeAffinity;
  const hard = node?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const soft = node?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const at = `${path}.affinity.nodeAffinity`;
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) => {
      const message = NODE_LABELS.get(key);
      return message === undefined ? [] : [`${path}.nodeSelector[${key}]: ${message}`];
    }),
    ...hard.flatMap((term, index) =>
      termWarnings(term, false, `${at}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${String(index)}]`),
    ),
    ...soft.flatMap((term, index) =>
      termWarnings(term.preference ?? {}, true, `${at}.preferredDuringSchedulingIgnoredDuringExecution[${String(index)}].preference`),
    ),
    ...(spec.topologySpreadConstraints ?? []).flatMap((constraint, index) => {
      const field = `${path}.topologySpreadConstraints[${String(index)}]`;
      const key = constraint.topologyKey ?? '';
      const message = NODE_LABELS.get(key);
      return [
        ...(message === undefined ? [] : [`${field}.topologyKey: ${key} is ${message}`]),
        ...(constraint.labelSelector === undefined ? [`${field}.labelSelector: a null labelSelector results in matching no pod`] : []),
      ];
    }),
  ];
}

type Term = {
  readonly matchExpressions?: readonly { readonly key?: string | undefined; readonly values?: readonly string[] | undefined }[] | undefined;
};

function termWarnings(term: Term, checkValues: boolean, field: string): string[] {
  return (term.matchExpressions ?? []).flatMap((expression, index) => {
    const at = `${field}.matchExpressions[${String(index)}]`;
    const message = NODE_LABELS.get(expression.key ?? '');
    const values = checkValues ? (expression.values ?? []) : [];
    return [
      ...(message === undefined ? [] : [`${at}.key: ${expression.key ?? ''} is ${message}`]),
      ...values.flatMap((value, place) =>
        labelValueProblems(value).map((problem) => `${at}.values[${String(place)}]: ${value} is invalid, ${problem}`),
      ),
    ];
  });
}

function listWarnings(spec: Spec, path: string): string[] {
  const ips = new Set<string>();
  const secrets = new Set<string>();
  return [
    ...(spec.hostAliases ?? []).flatMap((alias, index) => {
      const ip = alias.ip ?? '';
      const known = ips.has(ip);
      ips.add(ip);
      return known ? [`${path}.hostAliases[${String(index)}].ip: duplicate ip ${goQuote(ip)}`] : [];
    }),
    ...(spec.imagePullSecrets ?? []).flatMap((secret, index) => {
      const name = secret.name ?? '';
      const known = secrets.has(name);
      secrets.add(name);
      return known ? [`${path}.imagePullSecrets[${String(index)}].name: duplicate name ${goQuote(name)}`] : [];
    }),
    ...(spec.imagePullSecrets ?? []).flatMap((secret, index) =>
      (secret.name ?? '') === '' ? [`${path}.imagePullSecrets[${String(index)}].name: invalid empty name ""`] : [],
    ),
  ];
}

function amountWarnings(container: AnyContainer, field: string): string[] {
  return (['memory', 'ephemeral-storage'] as const).flatMap((resource) =>
    (['limits', 'requests'] as const).flatMap((list) => {
      const amount = container.resources?.[list]?.[resource];
      if (amount === undefined || quantityNano(amount) % 1_000_000_000n === 0n) return [];
      const shown = goQuote(canonicalQuantity(amount));
      return [`${field}.resources.${list}[${resource}]: fractional byte value ${shown} is invalid, must be an integer`];
    }),
  );
}

function envWarnings(container: AnyContainer, field: string): string[] {
  const seen = new Set<string>();
  return (container.env ?? []).flatMap((variable, index) => {
    const name = variable.name ?? '';
    const value = variable.value ?? '';
    const reference = `$(${name})`;
    const known = seen.has(name);
    seen.add(name);
    const hides = variable.valueFrom !== undefined || value === reference || !value.includes(reference);
    if (!known || !hides) return [];
    return [`${field}.env[${String(index)}]: hides previous definition of ${goQuote(name)}, which may be dropped when using apply`];
  });
}

interface SeenPort {
  readonly field: string;
  readonly port: Unchecked<ContainerPort>;
}

/** Pairs of ports grow with the square of their number; what is beyond this does not fit into an answer (warning-headers.ts). */
const MOST_WARNINGS = 1000;

function portWarnings(spec: Spec, path: string): string[] {
  const seen = new Map<string, SeenPort[]>();
  let made = 0;
  return containersOf(spec, path).flatMap(({ container, field }) =>
    (container.ports ?? []).flatMap((port, index) => {
      const at = `${field}.ports[${String(index)}]`;
      const key = `${String(port.containerPort ?? 0)}/${port.protocol ?? ''}`;
      const others = seen.get(key) ?? [];
      const warnings = made > MOST_WARNINGS ? [] : others.flatMap((other) => overlapWarning(port, at, other));
      made += warnings.length;
      others.push({ field: at, port });
      seen.set(key, others);
      const alone = (port.hostIP ?? '') !== '' && (port.hostPort ?? 0) === 0;
      return alone ? [`${at}: hostIP set without hostPort: ${goPort(port)}`, ...warnings] : warnings;
    }),
  );
}

/** Go's %+v of a ContainerPort. */
function goPort(port: Unchecked<ContainerPort>): string {
  const { name = '', hostPort = 0, containerPort = 0, protocol = '', hostIP = '' } = port;
  return `{Name:${name} HostPort:${String(hostPort)} ContainerPort:${String(containerPort)} Protocol:${protocol} HostIP:${hostIP}}`;
}

function overlapWarning(port: Unchecked<ContainerPort>, at: string, other: SeenPort): string[] {
  const { hostIP = '', hostPort = 0 } = port;
  const otherIp = other.port.hostIP ?? '';
  const otherPort = other.port.hostPort ?? 0;
  if (hostIP === otherIp && hostPort === otherPort) return [`${at}: duplicate port definition with ${other.field}`];
  if (hostPort === 0 || otherPort === 0) return [`${at}: overlapping port definition with ${other.field}`];
  const ambiguous = hostPort === otherPort && (hostIP === '') !== (otherIp === '');
  return ambiguous ? [`${at}: dangerously ambiguous port definition with ${other.field}`] : [];
}

function portNameWarnings(spec: Spec, path: string): string[] {
  const seen = new Map<string, string>();
  return containersOf(spec, path).flatMap(({ container, field }) =>
    (container.ports ?? []).flatMap((port, index) => {
      const name = port.name ?? '';
      const at = `${field}.ports[${String(index)}]`;
      const other = seen.get(name);
      if (name === '') return [];
      if (other === undefined) {
        seen.set(name, at);
        return [];
      }
      const use = `services and probes that select ports by name will use ${other}`;
      return [`${at}: duplicate port name ${goQuote(name)} with ${other}, ${use}`];
    }),
  );
}

function podAffinityWarnings(spec: Spec, path: string): string[] {
  const detail = 'a null labelSelector results in matching no pod';
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((key) => {
    const affinity = spec.affinity?.[key];
    const at = `${path}.affinity.${key}`;
    return [
      ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).flatMap((term, index) =>
        term.labelSelector === undefined ? [`${at}.requiredDuringSchedulingIgnoredDuringExecution[${String(index)}].labelSelector: ${detail}`] : [],
      ),
      ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap((term, index) =>
        term.podAffinityTerm?.labelSelector === undefined
          ? [`${at}.preferredDuringSchedulingIgnoredDuringExecution[${String(index)}].podAffinityTerm.labelSelector: ${detail}`]
          : [],
      ),
    ];
  });
}

function ipWarnings(ip: string, field: string): string[] {
  if (ipFamilyOf(ip) !== 'IPv6' || ip === ip.toLowerCase()) return [];
  return [`${field}: IPv6 address ${goQuote(ip)} should be in RFC 5952 canonical format (${goQuote(ip.toLowerCase())})`];
}

/** Warnings on a new Pod that passed validation. */
export function podWarnings(pod: Unchecked<Pod>): string[] {
  return [...nameWarnings(pod.metadata?.name ?? '', "this is used in the Pod's hostname"), ...templateWarnings(pod, '')];
}

/** Names that are no DNS label where one is asked for later. */
export function nameWarnings(name: string, use: string): string[] {
  const problems = dnsLabelProblems(name);
  if (problems.length === 0) return [];
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: ${use}, ${advice}: [${problems.join(' ')}]`];
}
