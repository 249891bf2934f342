// The ways that packets take: which can be tried, and what happened to one that was sent, step by step, from the
// simulator's own trace. Names places on the map, and codes for the words; knows no geometry.
import type { MapPacket, MapPod, MapSnapshot } from '../../lab/map-contract.ts';
import { listeningPorts } from './map-content.ts';

export type WayCode =
  | 'sent'
  | 'arrives'
  | 'intoHost'
  | 'intoPod'
  | 'newDestination'
  | 'newSource'
  | 'forwarded'
  | 'bridged'
  | 'answered'
  | 'refused'
  | 'pinged'
  | 'rejected'
  | 'local'
  | 'lost';

export interface WayStep {
  readonly code: WayCode;
  readonly values: { readonly [name: string]: string | number };
  /** Where it happens: the first of these that is on the map. */
  readonly keys: readonly string[];
}

export interface PacketWay {
  readonly id: string;
  /** `client → 192.168.2.206:30123`. */
  readonly name: string;
  /** Another one can be sent: from whom, and where to. */
  readonly send: { readonly at: string; readonly command: string } | undefined;
}

/** Every port of a node that NAT leads on from, as an outside machine would try it; then what else was sent last. */
export function packetWays(world: MapSnapshot): readonly PacketWay[] {
  const [client] = world.outside;
  const doors = client
    ? world.nodes.flatMap((node) =>
        node.doors
          .filter(({ protocol }) => protocol.toLowerCase() === 'tcp')
          .map(({ port, kind, of }): PacketWay => {
            const to = `${node.address}:${port}`;
            return {
              id: `${client.address} ${to}`,
              name: `${client.name} → ${to} (${kind} ${of})`,
              send: { at: client.name, command: `curl -sS -m 3 http://${to}` },
            };
          }),
      )
    : [];
  const known = new Set(doors.map(({ id }) => id));
  const seen = world.packets
    .map((packet): PacketWay => ({ id: idOf(packet), name: `${senderOf(world, packet)} → ${packet.to} (${packet.protocol})`, send: undefined }))
    .filter(({ id }) => !known.has(id));
  return [...doors, ...seen];
}

/** The latest packet that went this way. */
export function packetOf(world: MapSnapshot, way: PacketWay): MapPacket | undefined {
  return world.packets.find((packet) => idOf(packet) === way.id);
}

function idOf({ from, to }: MapPacket): string {
  return `${from} ${to}`;
}

function senderOf(world: MapSnapshot, { from, hops }: MapPacket): string {
  const pod = podIn(world, hops[0]?.namespace);
  return pod?.name ?? world.outside.find(({ address }) => address === from)?.name ?? from;
}

function podIn(world: MapSnapshot, inode: number | undefined): MapPod | undefined {
  return world.nodes.flatMap(({ pods }) => pods).find(({ net }) => net.inode === inode && !net.ofNode);
}

/** What happened to `packet`, told by the hops of its trace that a reader needs. */
export function waySteps(world: MapSnapshot, packet: MapPacket): readonly WayStep[] {
  const { hops, to } = packet;
  const steps: WayStep[] = [];
  let target = to;
  for (const [index, hop] of hops.entries()) {
    const { host, namespace } = hop;
    const region = `ns/${namespace}`;
    const device = (name: string): readonly string[] => [`if/${namespace}/${name}`, region];
    const pod = podIn(world, namespace);
    switch (hop.kind) {
      case 'sent':
        if (index === 0)
          steps.push({
            code: 'sent',
            values: { from: senderOf(world, packet), address: packet.from, to },
            keys: [...device(hop.device), `host/${host}`],
          });
        break;
      case 'received':
        if (hops[index - 1]?.kind === 'received') break;
        if (pod) steps.push({ code: 'intoPod', values: { pod: pod.name, device: hop.device, id: `net:[${namespace}]` }, keys: device(hop.device) });
        else if (world.nodes.some(({ name }) => name === host))
          steps.push({
            code: hop.device.startsWith('veth') ? 'intoHost' : 'arrives',
            values: { host, device: hop.device },
            keys: device(hop.device),
          });
        break;
      case 'rewritten': {
        const port = hop.before.slice(hop.before.lastIndexOf(':') + 1);
        const { chain, before, after } = hop;
        if (hop.what === 'destination') target = after;
        steps.push({
          code: hop.what === 'destination' ? 'newDestination' : 'newSource',
          values: { host, chain, before, after },
          keys: [...(hop.what === 'destination' ? [`door/${namespace}/${port}`] : []), region],
        });
        break;
      }
      case 'forwarded':
        steps.push({ code: 'forwarded', values: { host, from: hop.from, to: hop.to }, keys: device(hop.to) });
        break;
      case 'bridged':
        steps.push({ code: 'bridged', values: { bridge: hop.bridge, to: hop.to }, keys: device(hop.to) });
        break;
      case 'delivered':
        steps.push(end(world, { packet, namespace, target, host }));
        break;
      case 'dropped': {
        const port = target.slice(target.lastIndexOf(':') + 1);
        const door = world.nodes.find(({ name }) => name === host)?.doors.find((each) => String(each.port) === port);
        const code =
          hop.reason === 'rejected' || hop.reason === 'no-listener' ? 'rejected' : door?.local && door.targets.length === 0 ? 'local' : 'lost';
        steps.push({
          code,
          values: { host, port, service: door?.of ?? '', from: senderOf(world, packet), reason: hop.reason },
          keys: [`door/${namespace}/${port}`, region, `host/${host}`],
        });
        break;
      }
      case 'switched':
        break;
    }
  }
  return steps;
}

interface End {
  readonly packet: MapPacket;
  readonly namespace: number;
  readonly target: string;
  readonly host: string;
}

/** The packet reached the machine or Pod that it was for; whether somebody listens there decides what comes back. */
function end(world: MapSnapshot, { packet, namespace, target, host }: End): WayStep {
  const port = /:(\d+)$/.exec(target)?.[1];
  const keys = [...(port === undefined ? [] : [`listen/${namespace}/${port}`]), `ns/${namespace}`, `host/${host}`];
  const who = podIn(world, namespace)?.name ?? host;
  if (port === undefined || packet.protocol !== 'tcp') return { code: 'pinged', values: { who }, keys };
  const net = [...world.nodes.flatMap((node) => [node.net, ...node.pods.map((pod) => pod.net)])].find(({ inode }) => inode === namespace);
  // What an outside machine listens on is not on the map: nothing, as the scenes have it.
  const listens = net !== undefined && listeningPorts(net).includes(port);
  return { code: listens ? 'answered' : 'refused', values: { who, port }, keys };
}
