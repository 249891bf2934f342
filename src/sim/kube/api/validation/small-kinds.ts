// Checks the kinds with few rules: ConfigMap, Namespace, Node, Endpoints, NetworkPolicy.
// Modelled on pkg/apis/core/validation and pkg/apis/networking/validation (v1.37).

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required, tooLong } from '../field-error.ts';
import type { ConfigMap, Endpoints, Node } from '../types-core.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../types-network.ts';
import type { Unchecked } from '../unchecked.ts';
import { portErrors, portOrNameErrors, protocolErrors } from './container-ports.ts';
import { endpointIpErrors, legacyCidrErrors, legacyIpErrors } from './ip-address.ts';
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
  return [
    ...labelSelectorErrors(spec.podSelector, 'spec.podSelector'),
    ...(spec.ingress ?? []).flatMap((rule, index) => ruleErrors(rule.ports, rule.from, `spec.ingress[${String(index)}]`, 'from')),
    ...(spec.egress ?? []).flatMap((rule, index) => ruleErrors(rule.ports, rule.to, `spec.egress[${String(index)}]`, 'to')),
    ...(types.length > 2
      ? [invalid('spec.policyTypes', types, 'may not specify more than two policyTypes')]
      : types.flatMap((type, index) =>
          type === 'Ingress' || type === 'Egress' ? [] : [notSupported(`spec.policyTypes[${String(index)}]`, type, ['Ingress', 'Egress'])],
        )),
  ];
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
  if (port.port !== undefined) errors.push(...portOrNameErrors(port.port, `${field}.port`));
  if (endPort === undefined) return errors;
  const at = `${field}.endPort`;
  if (port.port === undefined) return [...errors, invalid(at, endPort, 'may not be specified when `port` is not specified')];
  if (typeof port.port === 'string') return [...errors, invalid(at, endPort, 'may not be specified when `port` is non-numeric')];
  if (endPort < port.port) errors.push(invalid(at, endPort, 'must be greater than or equal to `port`'));
  return [...errors, ...portErrors(endPort, at)];
}

function peerErrors(peer: Unchecked<NetworkPolicyPeer>, field: string): FieldError[] {
  const selectors = [peer.podSelector, peer.namespaceSelector].filter((selector) => selector !== undefined);
  const block = peer.ipBlock;
  const errors = [
    ...labelSelectorErrors(peer.podSelector, `${field}.podSelector`),
    ...labelSelectorErrors(peer.namespaceSelector, `${field}.namespaceSelector`),
  ];
  if (block !== undefined) {
    const cidr = block.cidr ?? '';
    if (cidr === '') errors.push(required(`${field}.ipBlock.cidr`));
    else errors.push(...legacyCidrErrors(`${field}.ipBlock.cidr`, cidr));
    (block.except ?? []).forEach((except, index) => {
      errors.push(...legacyCidrErrors(`${field}.ipBlock.except[${String(index)}]`, except));
    });
    if (selectors.length > 0) errors.push(forbidden(field, 'may not specify both ipBlock and another peer'));
  } else if (selectors.length === 0) errors.push(required(field, 'must specify a peer'));
  return errors;
}
