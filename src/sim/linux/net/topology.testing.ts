/** A LAN with nodes, pods and an outside machine for tests, made through the same doors as the real assembly. */
import { Simulation } from '../../engine/simulation.ts';
import { isErrno, type Errno } from '../errno.ts';
import { NamespaceInodes } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';
import { joinLan } from './join-lan.ts';
import { Lan } from './lan.ts';
import { NetworkNamespace } from './network-namespace.ts';
import { TraceLog } from './packet-trace.ts';
import type { SocketOwner } from './socket/socket.ts';
import type { TcpSocket } from './socket/tcp-socket.ts';

export interface Topology {
  readonly simulation: Simulation;
  readonly lan: Lan;
  readonly traces: TraceLog;
  readonly machine: (name: string, address: string) => NetworkNamespace;
  readonly namespace: (host: string) => NetworkNamespace;
  readonly owner: SocketOwner;
}

export function must<T>(value: T): Exclude<T, Errno> {
  if (isErrno(value)) throw new Error(value.code);
  return value as Exclude<T, Errno>;
}

export function topology(seed = 'net'): Topology {
  const simulation = new Simulation({ seed, epoch: 0 });
  const inodes = new NamespaceInodes();
  const user: UserNamespace = {
    kind: 'user',
    inode: inodes.next(),
    parent: undefined,
    uidMap: [],
    gidMap: [],
  };
  const lan = new Lan('192.168.2.0/24');
  const traces = new TraceLog();
  let inode = 1;
  const namespace = (host: string): NetworkNamespace => new NetworkNamespace({ inode: inodes.next(), owner: user, simulation, host, traces });
  return {
    simulation,
    lan,
    traces,
    namespace,
    owner: { uid: 0, nextInode: () => inode++ },
    machine(name, address) {
      const net = namespace(name);
      const mac = `00:0c:29:fb:af:${Number(address.split('.')[3]).toString(16).padStart(2, '0')}`;
      const router = address === '192.168.2.1' ? {} : { gateway: '192.168.2.1' };
      joinLan(net, { lan, device: 'ens37', mac, address: { address, prefix: 24 }, ...router });
      return net;
    },
  };
}

/** A pod as the bridge plugin makes it. */
export function pod(top: Topology, node: NetworkNamespace, addresses: { readonly own: string; readonly gateway: string }): NetworkNamespace {
  const net = top.namespace(node.host);
  net.interfaces.setUp(net.interfaces.loopback, true);
  let bridge = node.interfaces.find('cni0');
  if (!bridge) {
    bridge = must(node.interfaces.addBridge('cni0'));
    node.interfaces.setUp(bridge, true);
    node.interfaces.addAddress(bridge, { address: addresses.gateway, prefix: 24 }, { broadcast: addresses.gateway.replace(/\d+$/, '255') });
  }
  const { local, peer } = must(
    node.interfaces.addVethPair(`veth${node.interfaces.list().length}`, {
      peer: { table: net.interfaces, name: 'eth0' },
      txQueueLength: 0,
    }),
  );
  node.interfaces.setMaster(local, bridge);
  node.interfaces.setUp(local, true);
  net.interfaces.setUp(peer, true);
  net.interfaces.addAddress(peer, { address: addresses.own, prefix: 24 });
  net.routes.add({ destination: { address: '0.0.0.0', prefix: 0 }, gateway: addresses.gateway });
  return net;
}

/** Listens and answers every line with `text` and who asked. */
export function serve(
  top: Topology,
  net: NetworkNamespace,
  at: { readonly address?: string; readonly port: number; readonly text: string },
): TcpSocket {
  const address = at.address ?? '::';
  const listener = must(net.sockets.listen({ family: address.includes(':') ? 6 : 4, address, port: at.port, backlog: 128 }, top.owner));
  const onConnection = (): void => {
    for (let next = listener.accept(); next; next = listener.accept()) {
      const connection = next;
      connection.retain();
      const onData = (): void => {
        const got = connection.read({ max: 1000 });
        if (typeof got === 'string' && got !== '') {
          connection.write(`${at.text} ${connection.peerAddress}`);
          connection.release();
        } else if (got === '') connection.release();
        else if (!isErrno(got)) connection.readable.add(onData);
      };
      onData();
    }
    if (listener.state === 'LISTEN') listener.readable.add(onConnection);
  };
  onConnection();
  return listener;
}

/** What a client gets that sends one line and reads until the end; the name of the error otherwise. */
export function fetchFrom(
  top: Topology,
  net: NetworkNamespace,
  target: { readonly address: string; readonly port: number; readonly limit?: number },
): string {
  const socket = net.sockets.connect(target, top.owner);
  if (isErrno(socket)) return socket.code;
  socket.retain();
  const limit = target.limit ?? 5_000;
  const start = top.simulation.now;
  if (!top.simulation.runUntil(() => socket.state !== 'SYN_SENT', { limit })) {
    socket.release();
    return 'timeout';
  }
  if (socket.error) return `${socket.error.code} after ${Math.round(top.simulation.now - start)} ms`;
  socket.write('hello\n');
  let text = '';
  top.simulation.runUntil(
    () => {
      for (;;) {
        const part = socket.read({ max: 1000 });
        if (typeof part !== 'string') return isErrno(part);
        if (part === '') return true;
        text += part;
      }
    },
    { limit },
  );
  socket.release();
  return text;
}
