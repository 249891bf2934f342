/** Judges the host port of a container: which port of the node is to lead to which port of the container. */
import type { Check, CheckFinding } from '../check.ts';
import { podsOf, type PodInManifest } from '../pod-of.ts';

export interface HostPortWish {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol?: 'TCP' | 'UDP';
}

/** Met when one container of the Pod maps exactly this port, by hostPort and without the node's network. */
export function hostPort(wish: HostPortWish): Check {
  const protocol = wish.protocol ?? 'TCP';
  return {
    name: 'host-port',
    needsWorld: false,
    // Only TCP can be asked with a request.
    ...(protocol === 'TCP' ? { probe: [{ at: 'client', run: `curl -sS -m 3 http://{address}:${wish.hostPort}` }] } : {}),
    codes: [
      'noPod',
      'hostPort.onNodeNetwork',
      'hostPort.missing',
      'hostPort.other',
      'hostPort.containerPort',
      'hostPort.protocol',
      'hostPort.address',
    ],
    judge({ objects }) {
      const [pod] = podsOf(objects);
      return pod ? judgePod(pod) : [{ code: 'noPod', params: {} }];
    },
  };

  function judgePod({ spec, path }: PodInManifest): readonly CheckFinding[] {
    const params = { ...wish, protocol };
    if (spec.hostNetwork) return [{ code: 'hostPort.onNodeNetwork', params, path: `${path}.hostNetwork` }];
    const ports = spec.containers.flatMap((container, c) =>
      (container.ports ?? []).map((port, p) => ({ port, path: `${path}.containers[${c}].ports[${p}]` })),
    );
    const right = ports.find(
      ({ port }) => port.hostPort === wish.hostPort && port.containerPort === wish.containerPort && (port.protocol ?? 'TCP') === protocol,
    );
    if (right)
      return right.port.hostIP ? [{ code: 'hostPort.address', params: { ...params, hostIP: right.port.hostIP }, path: `${right.path}.hostIP` }] : [];
    const published = ports.find(({ port }) => port.hostPort === wish.hostPort);
    if (published) {
      const isProtocol = published.port.containerPort === wish.containerPort;
      return [
        {
          code: isProtocol ? 'hostPort.protocol' : 'hostPort.containerPort',
          params: { ...params, found: isProtocol ? (published.port.protocol ?? 'TCP') : published.port.containerPort },
          path: `${published.path}.${isProtocol ? 'protocol' : 'containerPort'}`,
        },
      ];
    }
    const other = ports.find(({ port }) => port.hostPort !== undefined && port.hostPort !== 0);
    if (other) return [{ code: 'hostPort.other', params: { ...params, found: other.port.hostPort ?? 0 }, path: `${other.path}.hostPort` }];
    return [{ code: 'hostPort.missing', params, path: ports[0]?.path ?? `${path}.containers[0]` }];
  }
}
