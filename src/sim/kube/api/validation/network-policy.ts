// Checks NetworkPolicies.
// Modelled on pkg/apis/networking/validation/validation.go (v1.37): ValidateNetworkPolicySpec.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../types-network.ts';
import type { Unchecked } from '../unchecked.ts';
import { portErrors, portOrNameErrors } from './container-ports.ts';
import { cidrBits, legacyCidrErrors } from './ip-address.ts';
import { labelSelectorErrors } from './labels.ts';

export function networkPolicyErrors(policy: Unchecked<NetworkPolicy>): FieldError[] {
  const spec = policy.spec ?? {};
  const types = spec.policyTypes ?? [];
  const errors = [
    ...labelSelectorErrors(spec.podSelector, 'spec.podSelector'),
    ...(spec.ingress ?? []).flatMap((rule, index) => [
      ...policyPortsErrors(rule.ports, `spec.ingress[${String(index)}].ports`),
      ...peersErrors(rule.from, `spec.ingress[${String(index)}].from`),
    ]),
    ...(spec.egress ?? []).flatMap((rule, index) => [
      ...policyPortsErrors(rule.ports, `spec.egress[${String(index)}].ports`),
      ...peersErrors(rule.to, `spec.egress[${String(index)}].to`),
    ]),
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

function policyPortsErrors(ports: readonly Unchecked<NetworkPolicyPort>[] | undefined, field: string): FieldError[] {
  return (ports ?? []).flatMap((port, index) => policyPortErrors(port, `${field}[${String(index)}]`));
}

function peersErrors(peers: readonly Unchecked<NetworkPolicyPeer>[] | undefined, field: string): FieldError[] {
  return (peers ?? []).flatMap((peer, index) => peerErrors(peer, `${field}[${String(index)}]`));
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
