/**
 * The addresses behind a Service: its EndpointSlices and, for older readers, its Endpoints.
 * Modelled on staging endpointslice reconciler and pkg/controller/endpoint (v1.37); one slice per Service (up to 100 addresses upstream).
 */
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { EndpointAddress, EndpointPort, EndpointSubset, Service, ServicePort } from '../api/types-core.ts';
import type { Endpoint, EndpointSlicePort } from '../api/types-network.ts';
import type { Container, Pod } from '../api/types-pod.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { deepEqual } from '../apiserver/deep-equal.ts';
import { isStatus, keyOf } from '../apiserver/object.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { controllerReference } from './owner.ts';
import { isReady } from './pod-readiness.ts';
import { TriggerTimes } from './trigger-times.ts';
import { WorkQueue } from './work-queue.ts';

const SLICES = 'endpointslices.discovery.k8s.io';
const SERVICE_NAME = 'kubernetes.io/service-name';
const LATENCY = 20;

export class ServiceEndpointsController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;
  // Two controllers upstream, each with its own memory.
  readonly #sliceTriggers = new TriggerTimes();
  readonly #endpointTriggers = new TriggerTimes();

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (key) => this.#sync(key));
  }

  start(): void {
    const { storage } = this.#server;
    for (const service of storage.objects('services')) this.#queue.add(keyOf(service.metadata));
    storage.watch('services', ({ object, type, previous }) => {
      if (type === 'DELETED') this.#remove(object);
      else if (previous?.spec !== object.spec || previous.metadata.labels !== object.metadata.labels) this.#queue.add(keyOf(object.metadata));
    });
    storage.watch('pods', ({ object, previous }) => {
      if (previous !== undefined && sameEndpoint(previous, object)) return;
      if (object.metadata.labels === undefined && previous?.metadata.labels === undefined) return;
      for (const service of storage.objects('services', object.metadata.namespace)) {
        if (selects(service, object) || (previous !== undefined && selects(service, previous))) this.#queue.add(keyOf(service.metadata));
      }
    });
  }

  #remove(service: Service): void {
    const { namespace = '', name } = service.metadata;
    this.#sliceTriggers.forget(service);
    this.#endpointTriggers.forget(service);
    this.#server.simulation.after(LATENCY, () => {
      if (this.#server.storage.get('services', namespace, name) !== undefined) return;
      this.#server.removeNow('endpoints', namespace, name);
      for (const slice of this.#server.storage.owned(SLICES, service.metadata.uid ?? ''))
        this.#server.removeNow(SLICES, namespace, slice.metadata.name);
    });
  }

  #sync(key: string): void {
    const slash = key.indexOf('/');
    const service = this.#server.storage.get('services', key.slice(0, slash), key.slice(slash + 1));
    if (service === undefined || service.metadata.deletionTimestamp !== undefined) return;
    const { selector, type } = service.spec;
    if (selector === undefined || Object.keys(selector).length === 0 || type === 'ExternalName') return;
    const pods = this.#server.storage
      .sorted('pods', service.metadata.namespace)
      .filter((pod) => selects(service, pod) && (pod.status.podIP ?? '') !== '' && pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded');
    this.#syncSlice(service, pods, this.#sliceTriggers.annotations(service, pods));
    this.#syncEndpoints(service, pods);
  }

  #syncSlice(service: Service, pods: readonly Pod[], annotations: Annotations): void {
    const namespace = service.metadata.namespace ?? '';
    const publish = service.spec.publishNotReadyAddresses === true;
    // Named target ports may differ from Pod to Pod; Pods with the same numbers share a slice.
    const groups = new Map<string, { readonly ports: readonly EndpointSlicePort[]; readonly pods: Pod[] }>();
    for (const pod of pods) {
      const ports = slicePorts(service, pod);
      const id = JSON.stringify(ports);
      const group = groups.get(id);
      if (group === undefined) groups.set(id, { ports, pods: [pod] });
      else group.pods.push(pod);
    }
    const existing = [...this.#server.storage.owned(SLICES, service.metadata.uid ?? '')];
    const wanted = groups.size === 0 ? [{ ports: [] as readonly EndpointSlicePort[], pods: [] as Pod[] }] : [...groups.values()];
    for (const group of wanted) {
      const endpoints = group.pods.map((pod) => endpointOf(service, pod, publish));
      const index = Math.max(
        0,
        existing.findIndex((slice) => deepEqual(slice.ports, group.ports)),
      );
      const [slice] = existing.splice(index, 1);
      if (slice === undefined) this.#createSlice(service, namespace, { annotations, endpoints, ports: group.ports });
      else if (!deepEqual(slice.endpoints ?? [], endpoints) || !deepEqual(slice.ports ?? [], group.ports)) {
        const generation = (slice.metadata.generation ?? 1) + 1;
        this.#server.setMetadata(SLICES, { ...slice, endpoints, ports: group.ports } as ApiObject, {
          ...annotated(slice.metadata.annotations, annotations),
          generation,
        });
      }
    }
    for (const slice of existing) this.#server.removeNow(SLICES, namespace, slice.metadata.name);
  }

  #createSlice(
    service: Service,
    namespace: string,
    content: { readonly annotations: Annotations; readonly endpoints: readonly Endpoint[]; readonly ports: readonly EndpointSlicePort[] },
  ): void {
    const headless = service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
    const slice = {
      addressType: 'IPv4',
      apiVersion: 'discovery.k8s.io/v1',
      endpoints: content.endpoints,
      kind: 'EndpointSlice',
      metadata: {
        ...(content.annotations === undefined ? {} : { annotations: content.annotations }),
        generateName: `${service.metadata.name}-`,
        labels: {
          ...service.metadata.labels,
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          [SERVICE_NAME]: service.metadata.name,
          ...headless,
        },
        ownerReferences: [controllerReference(service)],
      },
      ports: content.ports,
    };
    const answer = this.#server.create(SLICES, namespace, slice as unknown as ApiObject, { user: SYSTEM });
    if (isStatus(answer)) this.#server.simulation.record('endpointslice.refused', { service: service.metadata.name, why: answer.message });
  }

  #syncEndpoints(service: Service, pods: readonly Pod[]): void {
    const { namespace = '', name } = service.metadata;
    const publish = service.spec.publishNotReadyAddresses === true;
    const subsets = subsetsOf(service, pods, publish);
    const known = this.#server.storage.get('endpoints', namespace, name);
    const annotations = this.#endpointTriggers.annotations(service, pods);
    if (known !== undefined && deepEqual(known.subsets ?? [], subsets)) return;
    const headless = service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
    const metadata = {
      ...(annotations === undefined ? {} : { annotations }),
      labels: { ...service.metadata.labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller', ...headless },
      name,
    };
    const body = { apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets.length === 0 ? {} : { subsets }) };
    if (known === undefined) {
      const answer = this.#server.create('endpoints', namespace, body as unknown as ApiObject, { user: SYSTEM });
      if (isStatus(answer)) this.#server.simulation.record('endpoints.refused', { service: name, why: answer.message });
    } else {
      const { subsets: _old, ...rest } = known;
      this.#server.setMetadata(
        'endpoints',
        { ...rest, ...(subsets.length === 0 ? {} : { subsets }) } as ApiObject,
        annotated(known.metadata.annotations, annotations),
      );
    }
  }
}

type Annotations = Readonly<Record<string, string>> | undefined;

/** What is annotated already, with the trigger of this change or without that of an older one. */
function annotated(before: Annotations, trigger: Annotations): { readonly annotations?: Readonly<Record<string, string>> } {
  const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([key]) => !key.endsWith('/last-change-trigger-time')));
  const annotations = { ...kept, ...trigger };
  return Object.keys(annotations).length === 0 && before === undefined ? {} : { annotations };
}

function selects(service: Service, pod: Pod): boolean {
  const { selector } = service.spec;
  return selector !== undefined && Object.keys(selector).length > 0 && matchesLabelSelector({ matchLabels: selector }, pod.metadata.labels);
}

/** Whether nothing changed that a Service's addresses show. */
function sameEndpoint(before: Pod, after: Pod): boolean {
  return (
    before.status.podIP === after.status.podIP &&
    isReady(before) === isReady(after) &&
    before.status.phase === after.status.phase &&
    before.metadata.labels === after.metadata.labels &&
    (before.metadata.deletionTimestamp === undefined) === (after.metadata.deletionTimestamp === undefined) &&
    before.spec.nodeName === after.spec.nodeName
  );
}

/** The number a Service port leads to in this Pod; undefined when a named one is not there (podutil.FindPort). */
export function targetPort(port: ServicePort, pod: Pod): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const sidecars: readonly Container[] = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  for (const container of [...pod.spec.containers, ...sidecars]) {
    for (const named of container.ports ?? []) {
      if (named.name === target && (named.protocol ?? 'TCP') === (port.protocol ?? 'TCP')) return named.containerPort;
    }
  }
  return undefined;
}

function slicePorts(service: Service, pod: Pod): readonly EndpointSlicePort[] {
  const ports: EndpointSlicePort[] = [];
  for (const port of service.spec.ports ?? []) {
    const number = targetPort(port, pod);
    if (number !== undefined)
      ports.push({
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
        name: port.name ?? '',
        port: number,
        protocol: port.protocol ?? 'TCP',
      });
  }
  return ports;
}

function podReference(pod: Pod): Endpoint['targetRef'] {
  return { kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', uid: pod.metadata.uid ?? '' };
}

function endpointOf(service: Service, pod: Pod, publish: boolean): Endpoint {
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isReady(pod);
  const named = (pod.spec.hostname ?? '') !== '' && pod.spec.subdomain === service.metadata.name;
  const target = podReference(pod);
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: { ready: publish || (serving && !terminating), serving, terminating },
    ...(named ? { hostname: pod.spec.hostname ?? '' } : {}),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    ...(target === undefined ? {} : { targetRef: target }),
  };
}

/** Addresses by their ports, ready ones apart (RepackSubsets). */
function subsetsOf(service: Service, pods: readonly Pod[], publish: boolean): readonly EndpointSubset[] {
  const byPorts = new Map<
    string,
    { readonly ports: readonly EndpointPort[]; readonly ready: EndpointAddress[]; readonly notReady: EndpointAddress[] }
  >();
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined && !publish) continue;
    const ports: readonly EndpointPort[] = slicePorts(service, pod).map(({ name, port, protocol }) => ({
      ...(name === undefined || name === '' ? {} : { name }),
      port: port ?? 0,
      protocol: protocol ?? 'TCP',
    }));
    const id = JSON.stringify(ports);
    let subset = byPorts.get(id);
    if (subset === undefined) byPorts.set(id, (subset = { ports, ready: [], notReady: [] }));
    const target = podReference(pod);
    const address: EndpointAddress = {
      ip: pod.status.podIP ?? '',
      ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
      ...(target === undefined ? {} : { targetRef: target }),
    };
    (publish || isReady(pod) ? subset.ready : subset.notReady).push(address);
  }
  const byAddress = (a: EndpointAddress, b: EndpointAddress): number => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0);
  return [...byPorts.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length === 0 ? {} : { addresses: ready.sort(byAddress) }),
    ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady.sort(byAddress) }),
    ports,
  }));
}
