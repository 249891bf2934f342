/** The rows of services, endpoints and endpointslices. Modelled on pkg/printers/internalversion/printers.go (v1.37). */
import type { Endpoints, Service } from '../../api/types-core.ts';
import type { EndpointSlice } from '../../api/types-network.ts';
import { ageText } from './human-duration.ts';
import { columnsOf } from './printer.ts';
import type { Printer } from './printer.ts';
import { labelsText } from './selector-text.ts';

const SHOWN = 3;

export const servicePrinter: Printer<Service> = {
  columns: columnsOf('Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', 'Selector*'),
  cells({ metadata, spec, status }, { wallClock }) {
    const ports = (spec.ports ?? []).map((port) => {
      const nodePort = (port.nodePort ?? 0) > 0 ? `:${String(port.nodePort)}` : '';
      return `${String(port.port)}${nodePort}/${port.protocol ?? 'TCP'}`;
    });
    return [
      metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? '<none>',
      externalText(spec, status),
      ports.join(',') || '<none>',
      ageText(metadata.creationTimestamp, wallClock),
      labelsText(spec.selector),
    ];
  },
};

function externalText(spec: Service['spec'], status: Service['status']): string {
  const external = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'LoadBalancer': {
      const given = (status.loadBalancer?.ingress ?? []).map((ingress) => ingress.ip ?? ingress.hostname ?? '');
      const all = [...given, ...external];
      return all.length === 0 ? '<pending>' : all.join(',');
    }
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return external.length === 0 ? '<none>' : external.join(',');
  }
}

export const endpointsPrinter: Printer<Endpoints> = {
  columns: columnsOf('Name', 'Endpoints', 'Age'),
  cells: (endpoints, { wallClock }) => [endpoints.metadata.name, endpointsText(endpoints), ageText(endpoints.metadata.creationTimestamp, wallClock)],
};

/** `10.244.1.5:8080,… + 2 more...`; only the named port when `portName` is given. */
export function endpointsText(endpoints: Endpoints, portName?: string): string {
  const all: string[] = [];
  for (const { addresses = [], ports = [] } of endpoints.subsets ?? []) {
    if (ports.length === 0) all.push(...addresses.map((address) => address.ip));
    for (const port of ports) {
      if (portName !== undefined && (port.name ?? '') !== portName) continue;
      all.push(...addresses.map((address) => `${address.ip}:${String(port.port)}`));
    }
  }
  return (endpoints.subsets ?? []).length === 0 ? '<none>' : firstOf(all, '');
}

export const endpointSlicePrinter: Printer<EndpointSlice> = {
  columns: columnsOf('Name', 'AddressType', 'Ports', 'Endpoints', 'Age'),
  cells: (slice, { wallClock }) => [
    slice.metadata.name,
    slice.addressType,
    firstOf(
      (slice.ports ?? []).map((port) => (port.port === undefined ? (port.name ?? '*') : String(port.port))),
      '<unset>',
    ),
    firstOf(
      (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses),
      '<unset>',
    ),
    ageText(slice.metadata.creationTimestamp, wallClock),
  ],
};

function firstOf(list: readonly string[], empty: string): string {
  if (list.length === 0) return empty;
  const shown = list.slice(0, SHOWN).join(',');
  return list.length > SHOWN ? `${shown} + ${String(list.length - SHOWN)} more...` : shown;
}
