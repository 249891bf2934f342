// The way of a packet from outside to a Pod behind a port of the node, as steps on the map. Geometry and facts from
// the snapshot; the words come later.
import type { MapSnapshot } from '../../lab/bench-contract.ts';
import type { NodePlace } from './map-layout.ts';
import { doorY } from './map-layout.ts';

export type WayStep = 'leaves' | 'arrives' | 'rewritten' | 'enters';

export interface WayPoint {
  readonly step: WayStep;
  readonly x: number;
  readonly y: number;
}

export interface PacketWay {
  /** `client → 192.168.2.206:9000`. */
  readonly name: string;
  readonly values: { readonly [name: string]: string | number };
  readonly points: readonly WayPoint[];
}

/** All ways that the world has now; `from` is where outside machines stand. */
export function packetWays(world: MapSnapshot, places: readonly NodePlace[], from: { readonly x: number; readonly y: number }): readonly PacketWay[] {
  const [client] = world.outside;
  if (!client) return [];
  return places.flatMap(({ node, bands, pods }) =>
    pods.flatMap(({ pod, cells }) =>
      pod.hostPorts.map(({ hostPort, containerPort }, index): PacketWay => {
        const eth0 = pod.net.interfaces.find(({ name }) => name !== 'lo');
        const address = eth0?.addresses.find((each) => !each.includes(':'))?.replace(/\/.*/, '') ?? '';
        const door = doorY(cells.net, index) + 12;
        const card = node.net.interfaces.findIndex(({ name }) => name.startsWith('ens'));
        return {
          name: `${client.name} → ${node.address}:${hostPort}`,
          values: {
            client: client.name,
            from: client.address,
            node: node.name,
            address: node.address,
            hostPort,
            pod: pod.name,
            podAddress: address,
            containerPort,
          },
          points: [
            { step: 'leaves', ...from },
            { step: 'arrives', x: bands.net.x + 205, y: bands.net.y + 42 + Math.max(0, card) * 29 },
            { step: 'rewritten', x: cells.net.x - 4, y: door },
            { step: 'enters', x: cells.net.x + 150, y: cells.net.y + 74 },
          ],
        };
      }),
    ),
  );
}
