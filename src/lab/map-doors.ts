/** Ports of a node that NAT leads on to Pods: those that portmap and kube-proxy have written rules for. Reads only. */
import type { Cluster } from '../sim/kube/cluster.ts';
import type { Sandbox } from '../sim/kube/cri/container.ts';
import type { MapDoor } from './map-contract.ts';

/**
 * All doors of one node: hostPorts of its sandboxes (CNI plugin portmap), then NodePorts of the cluster's Services
 * (kube-proxy), which every node has.
 */
export function mapDoors(cluster: Cluster, node: string, sandboxes: Iterable<Sandbox>): readonly MapDoor[] {
  return [...hostPorts(sandboxes), ...nodePorts(cluster, node)].sort((a, b) => a.port - b.port);
}

function hostPorts(sandboxes: Iterable<Sandbox>): readonly MapDoor[] {
  return [...sandboxes].flatMap((sandbox) =>
    sandbox.config.portMappings.map(({ hostPort, containerPort, protocol }): MapDoor => ({
      kind: 'hostPort',
      port: hostPort,
      protocol,
      of: sandbox.config.name,
      targets: [`${sandbox.ips[0] ?? ''}:${containerPort}`],
      local: true,
    })),
  );
}

function nodePorts(cluster: Cluster, node: string): readonly MapDoor[] {
  const { storage } = cluster.apiServer;
  const slices = storage.sorted('endpointslices.discovery.k8s.io');
  return storage.sorted('services').flatMap((service) => {
    const { name, namespace } = service.metadata;
    const local = service.spec.externalTrafficPolicy === 'Local';
    const own = slices.filter(
      (slice) =>
        slice.metadata.namespace === namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === name && slice.addressType === 'IPv4',
    );
    return (service.spec.ports ?? []).flatMap((port): readonly MapDoor[] => {
      if (!port.nodePort) return [];
      const targets = own.flatMap((slice) => {
        const number = slice.ports?.find((each) => (each.name ?? '') === (port.name ?? ''))?.port;
        return (slice.endpoints ?? [])
          .filter((endpoint) => endpoint.conditions?.ready !== false && (!local || endpoint.nodeName === node))
          .flatMap(({ addresses }) => addresses.map((address) => `${address}:${number ?? port.port}`));
      });
      return [{ kind: 'nodePort', port: port.nodePort, protocol: (port.protocol ?? 'TCP').toLowerCase(), of: name ?? '', targets, local }];
    });
  });
}
