/** Services, endpoints and endpoint slices (kubectl pkg/describe, v0.37). */
import { fieldOf, listAt, mapAt, numberAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { Describer } from './describer.ts';
import { eventLines, eventsOf } from './events.ts';
import { headLines, labelText, orNone } from './metadata.ts';

const SHOWN_ENDPOINTS = 3;

export const describeService: Describer = (writer, service, context) => {
  const spec = fieldOf(service, 'spec');
  const texts = (field: string): string => listAt(spec, field).map(String).join(',');
  const given = (title: string, value: string): void => {
    if (value !== '') writer.line(0, `${title}:\t${value}`);
  };
  headLines(writer, service);
  writer.line(0, `Selector:\t${labelText(mapAt(spec, 'selector'))}`);
  writer.line(0, `Type:\t${textAt(spec, 'type')}`);
  given('IP Family Policy', textAt(spec, 'ipFamilyPolicy'));
  writer.line(0, `IP Families:\t${orNone(texts('ipFamilies'))}`);
  writer.line(0, `IP:\t${textAt(spec, 'clusterIP')}`);
  writer.line(0, `IPs:\t${orNone(texts('clusterIPs'))}`);
  given('External IPs', texts('externalIPs'));
  given('Desired LoadBalancer IP', textAt(spec, 'loadBalancerIP'));
  given('External Name', textAt(spec, 'externalName'));
  given(
    'LoadBalancer Ingress',
    listAt(service, 'status', 'loadBalancer', 'ingress')
      .map((each) => textAt(each, 'ip') || textAt(each, 'hostname'))
      .join(', '),
  );
  const slices = context.server.storage
    .sorted('endpointslices.discovery.k8s.io', textAt(service, 'metadata', 'namespace'))
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === textAt(service, 'metadata', 'name'));
  for (const port of listAt(spec, 'ports')) {
    const name = textAt(port, 'name') || '<unset>';
    const protocol = textAt(port, 'protocol');
    writer.line(0, `Port:\t${name}\t${textAt(port, 'port')}/${protocol}`);
    writer.line(0, `TargetPort:\t${textAt(port, 'targetPort')}/${protocol}`);
    given('AppProtocol', textAt(port, 'appProtocol'));
    if (numberAt(port, 'nodePort') !== 0) writer.line(0, `NodePort:\t${name}\t${textAt(port, 'nodePort')}/${protocol}`);
    writer.line(0, `Endpoints:\t${endpointsText(slices, textAt(port, 'name'))}`);
  }
  writer.line(0, `Session Affinity:\t${textAt(spec, 'sessionAffinity')}`);
  given('External Traffic Policy', textAt(spec, 'externalTrafficPolicy'));
  given('Internal Traffic Policy', textAt(spec, 'internalTrafficPolicy'));
  if (numberAt(spec, 'healthCheckNodePort') !== 0) given('HealthCheck NodePort', textAt(spec, 'healthCheckNodePort'));
  given('LoadBalancer Source Ranges', texts('loadBalancerSourceRanges'));
  given('Traffic Distribution', textAt(spec, 'trafficDistribution'));
  if (context.showEvents) eventLines(writer, eventsOf(context.server, service), context.wallClock);
};

function endpointsText(slices: readonly Plain[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const all: string[] = [];
  for (const slice of slices) {
    const ready = listAt(slice, 'endpoints').filter((endpoint) => fieldOf(endpoint, 'conditions', 'ready') !== false);
    const addresses = ready.map((endpoint) => String(listAt(endpoint, 'addresses')[0] ?? ''));
    const ports = listAt(slice, 'ports');
    if (ports.length === 0) all.push(...addresses);
    for (const port of ports) if (textAt(port, 'name') === portName) all.push(...addresses.map((address) => `${address}:${textAt(port, 'port')}`));
  }
  const shown = all.slice(0, SHOWN_ENDPOINTS).join(',');
  return all.length > SHOWN_ENDPOINTS ? `${shown} + ${String(all.length - SHOWN_ENDPOINTS)} more...` : shown;
}

export const describeEndpoints: Describer = (writer, endpoints, context) => {
  headLines(writer, endpoints);
  writer.line(0, 'Subsets:');
  for (const subset of listAt(endpoints, 'subsets')) {
    const of = (field: string): string =>
      orNone(
        listAt(subset, field)
          .map((address) => textAt(address, 'ip'))
          .join(','),
      );
    writer.line(1, `Addresses:\t${of('addresses')}`);
    writer.line(1, `NotReadyAddresses:\t${of('notReadyAddresses')}`);
    const ports = listAt(subset, 'ports');
    if (ports.length > 0) {
      writer.line(1, 'Ports:');
      writer.line(2, 'Name\tPort\tProtocol');
      writer.line(2, '----\t----\t--------');
      for (const port of ports) writer.line(2, `${textAt(port, 'name') || '<unset>'}\t${textAt(port, 'port')}\t${textAt(port, 'protocol')}`);
    }
    writer.raw('\n');
  }
  if (context.showEvents) eventLines(writer, eventsOf(context.server, endpoints), context.wallClock);
};

export const describeEndpointSlice: Describer = (writer, slice, context) => {
  headLines(writer, slice);
  writer.line(0, `AddressType:\t${textAt(slice, 'addressType')}`);
  const ports = listAt(slice, 'ports');
  if (ports.length === 0) writer.line(0, 'Ports: <unset>');
  else {
    writer.line(0, 'Ports:');
    writer.line(1, 'Name\tPort\tProtocol');
    writer.line(1, '----\t----\t--------');
    for (const port of ports)
      writer.line(1, `${textAt(port, 'name') || '<unset>'}\t${textAt(port, 'port') || '<unset>'}\t${textAt(port, 'protocol')}`);
  }
  const endpoints = listAt(slice, 'endpoints');
  writer.line(0, endpoints.length === 0 ? 'Endpoints: <none>' : 'Endpoints:');
  for (const endpoint of endpoints) {
    writer.line(1, `- Addresses:\t${orNone(listAt(endpoint, 'addresses').map(String).join(', '))}`);
    writer.line(2, 'Conditions:');
    writer.line(3, `Ready:\t${textAt(endpoint, 'conditions', 'ready') || '<unset>'}`);
    writer.line(2, `Hostname:\t${textAt(endpoint, 'hostname') || '<unset>'}`);
    const target = textAt(endpoint, 'targetRef', 'kind');
    if (target !== '') writer.line(2, `TargetRef:\t${target}/${textAt(endpoint, 'targetRef', 'name')}`);
    writer.line(2, `NodeName:\t${textAt(endpoint, 'nodeName') || '<unset>'}`);
    writer.line(2, `Zone:\t${textAt(endpoint, 'zone') || '<unset>'}`);
  }
  if (context.showEvents) eventLines(writer, eventsOf(context.server, slice), context.wallClock);
};
