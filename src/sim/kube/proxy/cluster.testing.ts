/** Three nodes with their Pod networks and kube-proxies, for tests of everything that passes through them. */
import { must, serve, topology, type Topology } from '../../linux/net/topology.testing.ts';
import type { NetworkNamespace } from '../../linux/net/network-namespace.ts';
import type { Service } from '../api/types-core.ts';
import type { EndpointSlice } from '../api/types-network.ts';
import { BridgeNetwork } from '../cni/bridge-network.ts';
import type { PortMapping } from '../cni/network-plugin.ts';
import { KubeProxy } from './kube-proxy.ts';

export interface TestNode {
  readonly net: NetworkNamespace;
  readonly network: BridgeNetwork;
  readonly proxy: KubeProxy;
}

export interface TestPod {
  readonly id: string;
  readonly net: NetworkNamespace;
  readonly address: string;
}

export interface TestCluster {
  readonly top: Topology;
  readonly nodes: readonly TestNode[];
  readonly client: NetworkNamespace;
  readonly gateway: NetworkNamespace;
  /** A Pod that says its name and who asked, on port 8080. */
  readonly pod: (node: number, name: string, options?: { readonly id?: string; readonly portMappings?: readonly PortMapping[] }) => TestPod;
  readonly apply: (service: Service, slices: readonly EndpointSlice[]) => void;
}

const NAMES = ['server4-master', 'server5-node1', 'server6-node2'];

export function testCluster(seed = 'cluster'): TestCluster {
  const top = topology(seed);
  const gateway = top.machine('gateway', '192.168.2.1');
  const client = top.machine('client', '192.168.2.100');
  const nodes = NAMES.map((name, index): TestNode => {
    const net = top.machine(name, `192.168.2.${204 + index}`);
    net.sysctls.set('net.ipv4.ip_forward', '1');
    for (let other = 0; other < 3; other++) {
      if (other !== index)
        must(
          net.routes.add({
            destination: { address: `10.244.${other}.0`, prefix: 24 },
            gateway: `192.168.2.${204 + other}`,
          }),
        );
    }
    const network = new BridgeNetwork({
      simulation: top.simulation,
      node: net,
      subnet: { address: `10.244.${index}.0`, prefix: 24 },
    });
    const proxy = new KubeProxy({
      simulation: top.simulation,
      node: net,
      nodeName: name,
      clusterCidr: { address: '10.244.0.0', prefix: 16 },
    });
    proxy.start();
    return { net, network, proxy };
  });
  let count = 0;
  return {
    top,
    nodes,
    client,
    gateway,
    pod(index, name, options = {}) {
      const node = nodes[index];
      if (!node) throw new Error('no such node');
      const net = top.namespace(node.net.host);
      const id = options.id ?? `sandbox${count++}`;
      const added = node.network.add({
        sandboxId: id,
        namespace: net,
        portMappings: options.portMappings ?? [],
        podName: name,
        podNamespace: 'default',
      });
      if ('error' in added) throw new Error(added.error);
      serve(top, net, { port: 8080, text: name });
      return { id, net, address: added.addresses[0] ?? '' };
    },
    apply(service, slices) {
      for (const { proxy } of nodes) {
        proxy.setService(service);
        for (const slice of slices) proxy.setEndpointSlice(slice);
        proxy.sync();
      }
    },
  };
}

export function service(name: string, spec: Service['spec'], namespace = 'default'): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec, status: {} } as Service;
}

export interface SliceRequest {
  readonly service: string;
  readonly namespace?: string;
  readonly ports: EndpointSlice['ports'];
  /** Address and node of each endpoint. */
  readonly endpoints: readonly (readonly [string, string])[];
}

export function slice(request: SliceRequest): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${request.service}-abcde`,
      namespace: request.namespace ?? 'default',
      labels: { 'kubernetes.io/service-name': request.service },
    },
    addressType: 'IPv4',
    ports: request.ports ?? [],
    endpoints: request.endpoints.map(([address, nodeName]) => ({
      addresses: [address],
      nodeName,
      conditions: { ready: true, serving: true, terminating: false },
    })),
  } as EndpointSlice;
}

/** The Services that every cluster of the recordings has. */
export function applySystemServices(cluster: TestCluster): void {
  cluster.apply(
    service('kubernetes', {
      clusterIP: '10.96.0.1',
      type: 'ClusterIP',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    }),
    [
      slice({
        service: 'kubernetes',
        ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
        endpoints: [['192.168.2.204', '']],
      }),
    ],
  );
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
    { name: 'metrics', port: 9153, protocol: 'TCP' },
  ] as const;
  cluster.apply(service('kube-dns', { clusterIP: '10.96.0.10', type: 'ClusterIP', ports }, 'kube-system'), [
    slice({
      service: 'kube-dns',
      namespace: 'kube-system',
      ports,
      endpoints: [
        ['10.244.0.2', 'server4-master'],
        ['10.244.0.3', 'server4-master'],
      ],
    }),
  ]);
}
