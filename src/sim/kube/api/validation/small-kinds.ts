// Checks the kinds with few rules: ConfigMap, Node, Endpoints.
// Modelled on pkg/apis/core/validation/validation.go (v1.37).

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, required, tooLong } from '../field-error.ts';
import type { ConfigMap, Endpoints, Node } from '../types-core.ts';
import type { Unchecked } from '../unchecked.ts';
import { portErrors, protocolErrors } from './container-ports.ts';
import { endpointIpErrors, legacyIpErrors } from './ip-address.ts';
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
            ? ports.length > 1
              ? [required(`${path}.name`)]
              : []
            : dnsLabelProblems(name).map((problem) => invalid(`${path}.name`, name, problem));
        return [...nameErrors, ...portErrors(port.port ?? 0, `${path}.port`), ...protocolErrors(port.protocol ?? '', `${path}.protocol`)];
      }),
    ];
  });
}
