// Checks the kinds with few rules: ConfigMap, Namespace, Node, Endpoints, NetworkPolicy.
// Modelled on pkg/apis/core/validation and pkg/apis/networking/validation (v1.37).

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required, tooLong } from '../field-error.ts';
import type { ConfigMap, Endpoints, Node } from '../types-core.ts';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../types-network.ts';
import type { Unchecked } from '../unchecked.ts';
import { portErrors, portOrNameErrors, protocolErrors } from './container-ports.ts';
import { cidrBits, endpointIpErrors, legacyCidrErrors, legacyIpErrors } from './ip-address.ts';
import { labelSelectorErrors } from './labels.ts';
import { byteLength, configMapKeyProblems, dnsLabelProblems } from './names.ts';
import { taintErrors } from './tolerations.ts';
import { sameJson } from './workload.ts';

const MAX_CONFIG_BYTES = 1024 * 1024;

export function configMapErrors(map: Unchecked<ConfigMap>): FieldError[] {
  const data = Object.entries(map.data ?? {});
  const binary = Object.entries(map.binaryData ?? {});
  const binaryKeys = binary.map(([key]) => key);
  const size = [...data, ...binary].reduce((sum, [, value]) => sum + byteLength(value), 0);
  return [
    ...data.flatMap(([key]) => [
      ...configMapKeyProblems(key).map((problem) => invalid(`data[${key}]`, key, problem)),
      ...(binaryKeys.includes(key) ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]),
    ...binaryKeys.flatMap((key) => configMapKeyProblems(key).map((problem) => invalid(`binaryData[${key}]`, key, problem))),
    ...(size > MAX_CONFIG_BYTES ? [tooLong('', MAX_CONFIG_BYTES)] : []),
  ];
}

/** An immutable ConfigMap stays as it is. */
export function configMapUpdateErrors(map: Unchecked<ConfigMap>, old: Unchecked<ConfigMap>): FieldError[] {
  const errors: FieldError[] = [];
  if (old.immutable === true) {
    const detail = 'field is immutable when `immutable` is set';
    if (map.immutable !== true) errors.push(forbidden('immutable', detail));
    for (const key of ['data', 'binaryData'] as const) {
      if (!sameJson(map[key], old[key])) errors.push(forbidden(key, detail));
    }
  }
  return [...errors, ...configMapErrors(map)];
}

export function nodeErrors(node: Unchecked<Node>): FieldError[] {
  return taintErrors(node.spec?.taints ?? [], 'spec.taints');
}

export function endpointsErrors(endpoints: Unchecked<Endpoints>): FieldError[] {
  return (endpoints.subsets ?? []).flatMap((subset, index) => {
    const field = `subsets[${String(index)}]`;
    const ports = subset.ports ?? [];
    const lists = ['addresses', 'notReadyAddresses'] as const;
    const empty = lists.every((list) => (subset[list] ?? []).length === 0);
    return [
      ...(empty ? [required(field, 'must specify `addresses` or `notReadyAddresses`')] : []),
      ...lists.flatMap((list) =>
        (subset[list] ?? []).flatMap((address, place) => {
          const path = `${field}.${list}[${String(place)}].ip`;
          return [...legacyIpErrors(path, address.ip ?? ''), ...endpointIpErrors(path, address.ip ?? '')];
        }),
      ),
      ...ports.flatMap((port, place) => {
        const path = `${field}.ports[${String(place)}]`;
        const name = port.name ?? '';
        const nameErrors =
          name === ''
            ? ports.length > 1 ? [required(`${path}.name`)] : []
            : dnsLabelProblems(name).map((problem) => invalid(`${path}.name`, name, problem));
        return [...nameErrors, ...portErrors(port.port ?? 0, `${path}.port`), ...protocolErrors(port.protocol ?? '', `${path}.protocol`)];
      }),
    ];
  });
}

export function networkPolicyErrors(policy: Unchecked<NetworkPolicy>): FieldError[] {
  const spec = policy.spec ?? {};
  const types = spec.policyTypes ?? [];
  const errors = [
    ...labelSelectorErrors(spec.podSelector, 'spec.podSelector'),
    ...(spec.ingress ?? []).flatMap((rule, index) => ruleErrors(rule.ports, rule.from, `spec.ingress[${String(index)}]`, 'from')),
    ...(spec.egress ?? []).flatMap((rule, index) => ruleErrors(rule.ports, rule.to, `spec.egress[${String(index)}]`, 'to')),
    ...(types.length > 2
      ? [invalid('spec.policyTypes', types, 'may not specify more than two policyTypes')]
      : types.flatMap((type, index) =>
          type === 'Ingress' || type === 'Egress' ? [] : [notSupported(`spec.policyTypes[${String(index)}]`, type, ['Ingress', 'Egress'])],
        )),
  ];
  // Generated checks run after the handwritten ones, and only this one of them says something new.
  const isLate = ({ field, reason }: FieldError): boolean => reason === 'Required' && field.endsWith('.ipBlock.cidr');
  return [...errors.filter((error) => !isLate(error)), ...errors.filter(isLate)];
}

type Ports = readonly Unchecked<NetworkPolicyPort>[] | undefined;
type Peers = readonly Unchecked<NetworkPolicyPeer>[] | undefined;

function ruleErrors(ports: Ports, peers: Peers, field: string, list: 'from' | 'to'): FieldError[] {
  return [
    ...(ports ?? []).flatMap((port, index) => policyPortErrors(port, `${field}.ports[${String(index)}]`)),
    ...(peers ?? []).flatMap((peer, index) => peerErrors(peer, `${field}.${list}[${String(index)}]`)),
  ];
}

function policyPortErrors(port: Unchecked<NetworkPolicyPort>, field: string): FieldError[] {
  const { protocol = '', endPort } = port;
  const protocols = ['TCP', 'UDP', 'SCTP'];
  const errors = protocol === '' || protocols.includes(protocol) ? [] : [notSupported(`${field}.protocol`, protocol, protocols)];
  const malformed = port.port === undefined ? [] : portOrNameErrors(port.port, `${field}.port`);
  if (endPort === undefined) return [...errors, ...malformed];
  const at = `${field}.endPort`;
  if (port.port === undefined) return [...errors, invalid(at, endPort, 'may not be specified when `port` is not specified')];
  if (typeof port.port === 'string') {
    return [...errors, invalid(at, endPort, 'may not be specified when `port` is non-numeric'), ...malformed];
  }
  const less = endPort < port.port ? [invalid(at, endPort, 'must be greater than or equal to `port`')] : [];
  return [...errors, ...malformed, ...less, ...portErrors(endPort, at)];
}

function peerErrors(peer: Unchecked<NetworkPolicyPeer>, field: string): FieldError[] {
  const block = peer.ipBlock;
  const count = [peer.podSelector, peer.namespaceSelector, block].filter((part) => part !== undefined).length;
  return [
    ...labelSelectorErrors(peer.podSelector, `${field}.podSelector`),
    ...labelSelectorErrors(peer.namespaceSelector, `${field}.namespaceSelector`),
    ...(block === undefined ? [] : blockErrors(block, `${field}.ipBlock`)),
    ...(count === 0 ? [required(field, 'must specify a peer')] : []),
    ...(count > 1 && block !== undefined ? [forbidden(field, 'may not specify both ipBlock and another peer')] : []),
  ];
}

function blockErrors(block: Unchecked<IPBlock>, field: string): FieldError[] {
  const cidr = block.cidr ?? '';
  if (cidr === '') return [required(`${field}.cidr`)];
  const errors = legacyCidrErrors(`${field}.cidr`, cidr);
  if (cidrBits(cidr) === undefined) return errors;
  (block.except ?? []).forEach((except, index) => {
    const at = `${field}.except[${String(index)}]`;
    errors.push(...legacyCidrErrors(at, except));
    if (cidrBits(except) !== undefined && !isStrictSubset(except, cidr)) {
      errors.push(invalid(at, except, 'must be a strict subset of `cidr`'));
    }
  });
  return errors;
}

function isStrictSubset(inner: string, outer: string): boolean {
  const part = cidrBits(inner) ?? '';
  const whole = cidrBits(outer) ?? '';
  const sameFamily = inner.includes(':') === outer.includes(':');
  return sameFamily && part.length > whole.length && part.startsWith(whole);
}
