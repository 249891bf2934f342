import { describe, expect, it } from 'vitest';
import { isErrno } from '../../errno.ts';
import { must, serve, topology, type Topology } from '../topology.testing.ts';
import type { NetworkNamespace } from '../network-namespace.ts';
import type { TcpSocket } from './tcp-socket.ts';

function connected(): {
  readonly top: Topology;
  readonly node: NetworkNamespace;
  readonly client: TcpSocket;
  readonly server: TcpSocket;
} {
  const top = topology();
  const node = top.machine('n', '192.168.2.205');
  const other = top.machine('m', '192.168.2.206');
  const listener = must(node.sockets.listen({ family: 6, address: '::', port: 8080, backlog: 5 }, top.owner));
  listener.retain();
  const client = must(other.sockets.connect({ address: '192.168.2.205', port: 8080 }, top.owner));
  client.retain();
  top.simulation.runUntil(() => listener.hasPending, { limit: 1_000 });
  const server = listener.accept();
  if (!server) throw new Error('nothing to accept');
  server.retain();
  return { top, node, client, server };
}

const read = (socket: TcpSocket): unknown => {
  const got = socket.read({ max: 100 });
  return isErrno(got) ? got.code : got;
};

describe('a connection', () => {
  it('knows both ends, shows mapped addresses to a dual-stack listener, and ends in TIME_WAIT at the side that closed first', () => {
    const { top, node, client, server } = connected();
    expect([client.state, server.state, server.peerAddress, server.family]).toEqual(['ESTABLISHED', 'ESTABLISHED', '192.168.2.206', 6]);
    client.write('hello');
    top.simulation.advance(10);
    expect(read(server)).toBe('hello');
    server.write('bye');
    server.release();
    top.simulation.advance(10);
    expect([read(client), read(client), client.state]).toEqual(['bye', '', 'CLOSE_WAIT']);
    client.release();
    top.simulation.advance(10);
    expect(node.sockets.list().map((each) => [each.state, each.inode])).toEqual([
      ['LISTEN', 1],
      ['TIME_WAIT', 0],
    ]);
    top.simulation.advance(61_000);
    expect(node.sockets.list().map((each) => each.state)).toEqual(['LISTEN']);
  });

  it('is reset when one side closes with data unread, and writing to it fails then', () => {
    const { top, client, server } = connected();
    client.write('hello');
    top.simulation.advance(10);
    server.release();
    top.simulation.advance(10);
    expect(read(client)).toBe('ECONNRESET');
    expect(client.write('x')).toMatchObject({ code: 'EPIPE' });
  });

  it('holds the writer back until the reader reads', () => {
    const { top, client, server } = connected();
    client.write('x'.repeat(200_000));
    expect(client.full).toBe(true);
    top.simulation.advance(10);
    for (let got = ''; got.length < 200_000;) got += String(server.read({ max: 65_536 }));
    top.simulation.advance(10);
    expect(client.full).toBe(false);
  });

  it('survives a cable that is out for a while', () => {
    const { top, node, client, server } = connected();
    const card = node.interfaces.find('ens37');
    if (!card) throw new Error('no card');
    node.interfaces.setUp(card, false);
    client.write('late');
    top.simulation.advance(5_000);
    expect(server.read({ max: 10 })).toMatchObject({ kind: 'again' });
    node.interfaces.setUp(card, true);
    top.simulation.advance(20_000);
    expect(read(server)).toBe('late');
  });

  it('to a listener that was closed meanwhile is refused', () => {
    const top = topology();
    const node = top.machine('n', '192.168.2.205');
    const listener = serve(top, node, { port: 80, text: 'x' });
    listener.retain();
    listener.release();
    const client = must(node.sockets.connect({ address: '192.168.2.205', port: 80 }, top.owner));
    top.simulation.advance(10);
    expect(client.error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
