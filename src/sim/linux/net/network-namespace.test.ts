import { describe, expect, it } from 'vitest';
import { fetchFrom, must, pod, serve, topology } from './topology.testing.ts';

describe('a namespace without anything', () => {
  it('has only a loopback device that is down', () => {
    const net = topology().namespace('n');
    expect(
      net.interfaces.list().map((each) => [each.index, each.name, each.operationalState, each.queueingDiscipline, each.flagNames.join(',')]),
    ).toEqual([[1, 'lo', 'DOWN', 'noop', 'LOOPBACK']]);
    expect(net.lookup('127.0.0.1')).toMatchObject({ code: 'ENETUNREACH' });
  });

  it('gets 127.0.0.1 and ::1 when the loopback comes up', () => {
    const net = topology().namespace('n');
    net.interfaces.setUp(net.interfaces.loopback, true);
    expect(net.interfaces.loopback.addresses.map((each) => `${each.address}/${each.prefix} ${each.scope}`)).toEqual([
      '127.0.0.1/8 host',
      '::1/128 host',
    ]);
    expect(net.interfaces.loopback.flags).toBe(73);
  });
});

describe('machines on the LAN', () => {
  it('reach a listener and learn each other', () => {
    const top = topology();
    const node = top.machine('server5-node1', '192.168.2.205');
    const client = top.machine('client', '192.168.2.100');
    serve(top, node, { port: 8080, text: "You've hit node, you are" });
    expect(fetchFrom(top, client, { address: '192.168.2.205', port: 8080 })).toBe("You've hit node, you are 192.168.2.100");
    expect(client.neighbours.list()).toMatchObject([{ address: '192.168.2.205', mac: '00:0c:29:fb:af:cd', state: 'REACHABLE' }]);
    expect(node.neighbours.list()).toMatchObject([{ address: '192.168.2.100' }]);
    expect(node.interfaces.find('ens37')?.counters.rxPackets).toBeGreaterThan(3);
  });

  it('are refused at once where nobody listens, and wait three seconds for an address that nobody has', () => {
    const top = topology();
    top.machine('server5-node1', '192.168.2.205');
    const client = top.machine('client', '192.168.2.100');
    expect(fetchFrom(top, client, { address: '192.168.2.205', port: 81 })).toBe('ECONNREFUSED after 0 ms');
    expect(fetchFrom(top, client, { address: '192.168.2.77', port: 81 })).toBe('EHOSTUNREACH after 3060 ms');
    top.simulation.advance(10_000);
    expect(client.neighbours.list().map((each) => each.state)).toEqual(['REACHABLE', 'FAILED']);
  });

  it('hear nothing from beyond a gateway that does not forward', () => {
    const top = topology();
    top.machine('gateway', '192.168.2.1');
    const client = top.machine('client', '192.168.2.100');
    expect(fetchFrom(top, client, { address: '10.96.0.1', port: 80, limit: 2_000 })).toBe('timeout');
    expect(fetchFrom(top, client, { address: '10.96.0.1', port: 80, limit: 200_000 })).toBe('ETIMEDOUT after 127000 ms');
  });
});

describe('a pod behind a bridge', () => {
  it('looks as the bridge plugin leaves it', () => {
    const top = topology();
    const node = top.machine('server5-node1', '192.168.2.205');
    const net = pod(top, node, { own: '10.244.1.5', gateway: '10.244.1.1' });
    expect(node.interfaces.list().map((each) => [each.index, each.name, each.operationalState, each.master?.name])).toEqual([
      [1, 'lo', 'UNKNOWN', undefined],
      [2, 'ens37', 'UP', undefined],
      [3, 'cni0', 'UP', undefined],
      [4, 'veth3', 'UP', 'cni0'],
    ]);
    const eth0 = must(net.interfaces.find('eth0'));
    expect([eth0?.index, eth0?.linkIndex, eth0?.txQueueLength, eth0?.flags]).toEqual([2, 4, 0, 4163]);
    expect(net.routes.list(4).map((each) => [each.destination.address, each.destination.prefix, each.gateway, each.protocol, each.source])).toEqual([
      ['0.0.0.0', 0, '10.244.1.1', 'boot', undefined],
      ['10.244.1.0', 24, undefined, 'kernel', '10.244.1.5'],
    ]);
    expect(eth0?.addressesOf(6)[0]?.address).toMatch(/^fe80::/);
  });

  it('answers its node, and other nodes by their static route', () => {
    const top = topology();
    const master = top.machine('server4-master', '192.168.2.204');
    const node = top.machine('server5-node1', '192.168.2.205');
    node.sysctls.set('net.ipv4.ip_forward', '1');
    master.routes.add({ destination: { address: '10.244.1.0', prefix: 24 }, gateway: '192.168.2.205' });
    const net = pod(top, node, { own: '10.244.1.5', gateway: '10.244.1.1' });
    serve(top, net, { port: 8080, text: 'pod' });
    expect(fetchFrom(top, node, { address: '10.244.1.5', port: 8080 })).toBe('pod 10.244.1.1');
    expect(fetchFrom(top, master, { address: '10.244.1.5', port: 8080 })).toBe('pod 192.168.2.204');
    expect(top.traces.traceOf('192.168.2.204:')?.hops.map((hop) => hop.kind)).toEqual([
      'sent',
      'switched',
      'received',
      'forwarded',
      'sent',
      'bridged',
      'sent',
      'received',
      'delivered',
    ]);
  });

  it('loses the default route, not the connected one, when its interface goes down and up', () => {
    const top = topology();
    const node = top.machine('server5-node1', '192.168.2.205');
    const net = pod(top, node, { own: '10.244.1.5', gateway: '10.244.1.1' });
    const eth0 = net.interfaces.find('eth0');
    if (!eth0) throw new Error('no eth0');
    net.interfaces.setUp(eth0, false);
    expect(net.routes.list(4)).toHaveLength(0);
    net.interfaces.setUp(eth0, true);
    expect(net.routes.list(4).map((each) => each.destination.address)).toEqual(['10.244.1.0']);
  });

  it('takes its veth away when it is disposed of', () => {
    const top = topology();
    const node = top.machine('server5-node1', '192.168.2.205');
    pod(top, node, { own: '10.244.1.5', gateway: '10.244.1.1' }).dispose();
    expect(node.interfaces.list().map((each) => each.name)).toEqual(['lo', 'ens37', 'cni0']);
  });
});

describe('links', () => {
  it('have IPv6 addresses once both ends are up', () => {
    const net = topology().namespace('n');
    const { local, peer } = must(net.interfaces.addVethPair('v0', { peer: { table: net.interfaces, name: 'v1' } }));
    net.interfaces.addAddress(local, { address: '10.0.0.1', prefix: 24 });
    expect(net.routes.list(4)).toEqual([]);
    net.interfaces.setUp(local, true);
    expect([local.operationalState, local.flagNames.join(), local.addressesOf(6).length]).toEqual([
      'LOWERLAYERDOWN',
      'NO-CARRIER,BROADCAST,MULTICAST,UP',
      0,
    ]);
    expect(net.routes.list(4).map((each) => each.destination.address)).toEqual(['10.0.0.0']);
    net.interfaces.setUp(peer, true);
    expect([local.operationalState, local.addressesOf(6).length, peer.addressesOf(6).length]).toEqual(['UP', 1, 1]);
  });

  it('make a bridge what its ports are', () => {
    const net = topology().namespace('n');
    const bridge = must(net.interfaces.addBridge('br0'));
    net.interfaces.setUp(bridge, true);
    expect([bridge.operationalState, bridge.carrier]).toEqual(['UNKNOWN', true]);
    const { local, peer } = must(net.interfaces.addVethPair('v0', { peer: { table: net.interfaces, name: 'v1' } }));
    net.interfaces.setMaster(local, bridge);
    expect([bridge.mac, bridge.operationalState]).toEqual([local.mac, 'DOWN']);
    net.interfaces.setUp(local, true);
    net.interfaces.setUp(peer, true);
    expect(bridge.operationalState).toBe('UP');
  });

  it('keep a further address of the same network as secondary, which goes with the first', () => {
    const net = topology().namespace('n');
    const { local } = must(net.interfaces.addVethPair('v0', { peer: { table: net.interfaces, name: 'v1' } }));
    net.interfaces.setUp(local, true);
    for (const [address, prefix] of [
      ['10.0.0.1', 24],
      ['10.0.0.2', 24],
      ['10.0.0.3', 25],
    ] as const)
      net.interfaces.addAddress(local, { address, prefix });
    expect(net.interfaces.addAddress(local, { address: '10.0.0.1', prefix: 24 })).toMatchObject({
      code: 'EEXIST',
    });
    expect(local.addresses.map((each) => `${each.address} ${each.secondary}`)).toEqual(['10.0.0.1 false', '10.0.0.3 false', '10.0.0.2 true']);
    expect(net.routes.list(4).map((each) => `${each.destination.prefix} ${each.source ?? ''}`)).toEqual(['25 10.0.0.3', '24 10.0.0.1']);
    net.interfaces.removeAddress(local, { address: '10.0.0.1', prefix: 24 });
    expect(local.addresses.map((each) => each.address)).toEqual(['10.0.0.3']);
    expect(net.routes.list(4).map((each) => each.destination.prefix)).toEqual([25]);
  });
});

describe('listening', () => {
  const cases = [
    ['::', '0.0.0.0', 'EADDRINUSE'],
    ['::', '192.168.2.205', 'EADDRINUSE'],
    ['0.0.0.0', '::', 'EADDRINUSE'],
    ['127.0.0.1', '192.168.2.205', undefined],
    ['127.0.0.1', '0.0.0.0', 'EADDRINUSE'],
    ['127.0.0.1', '127.0.0.1', 'EADDRINUSE'],
  ] as const;
  for (const [first, second, expected] of cases) {
    it(`on ${second} after ${first} gives ${expected ?? 'a socket'}`, () => {
      const top = topology();
      const net = top.machine('server5-node1', '192.168.2.205');
      const at = (address: string) => net.sockets.listen({ family: address.includes(':') ? 6 : 4, address, port: 80, backlog: 5 }, top.owner);
      must(at(first));
      const result = at(second);
      expect('code' in result ? result.code : undefined).toBe(expected);
    });
  }

  it('keeps IPv4 free when it is for IPv6 only', () => {
    const top = topology();
    const net = top.machine('server5-node1', '192.168.2.205');
    must(net.sockets.listen({ family: 6, address: '::', port: 22, v6only: true, backlog: 128 }, top.owner));
    must(net.sockets.listen({ family: 4, address: '0.0.0.0', port: 22, backlog: 128 }, top.owner));
    expect(net.sockets.list().map((each) => `${each.family} ${each.localAddress}:${each.localPort} ${each.state} ${each.sendQueue}`)).toEqual([
      '6 :::22 LISTEN 128',
      '4 0.0.0.0:22 LISTEN 128',
    ]);
  });

  it('on :: answers ::1 and 127.0.0.1, on 127.0.0.1 nobody outside', () => {
    const top = topology();
    const net = top.machine('server5-node1', '192.168.2.205');
    const client = top.machine('client', '192.168.2.100');
    serve(top, net, { port: 8080, text: 'six' });
    serve(top, net, { port: 10248, address: '127.0.0.1', text: 'four' });
    expect(fetchFrom(top, net, { address: '::1', port: 8080 })).toBe('six ::1');
    expect(fetchFrom(top, net, { address: '127.0.0.1', port: 8080 })).toBe('six 127.0.0.1');
    expect(fetchFrom(top, net, { address: '127.0.0.1', port: 10248 })).toBe('four 127.0.0.1');
    expect(fetchFrom(top, client, { address: '192.168.2.205', port: 10248 })).toMatch(/ECONNREFUSED/);
  });
});
