import { describe, expect, it } from 'vitest';
import { Simulation } from '../../engine/simulation.ts';
import { isErrno } from '../errno.ts';
import { fileTemplate } from '../fs/file-template.ts';
import { createMachine, enterMachine, type Machine } from '../machine.ts';
import { NamespaceInodes } from '../namespace/inode.ts';
import { ALL_CAPABILITIES, type Credentials } from '../process/credentials.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { reapForever } from '../process/reaper.ts';
import type { Program, Running } from '../process/wait.ts';
import { attachDns, hostsZone } from './dns-service.ts';
import { Lan } from './lan.ts';
import { isResolveFailure, resolve } from './resolver.ts';
import { accept, connect, listen, openEcho, openUdp } from './socket-calls.ts';
import { holdersByInode } from './socket/socket-owner.ts';

interface Bench {
  readonly simulation: Simulation;
  readonly machine: Machine;
  readonly other: Machine;
}

function bench(programs: Readonly<Record<string, Program>>, resolvConf = ''): Bench {
  const simulation = new Simulation({ seed: 'calls', epoch: 0 });
  const inodes = new NamespaceInodes();
  const lan = new Lan('lan');
  const table = new Map(Object.entries({ 'init/system': reapForever, ...programs }));
  const make = (hostname: string, address: string): Machine => {
    const root = fileTemplate({
      '/sbin/init': { program: 'init/system' },
      '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n192.168.2.205 server5-node1\n',
      '/etc/resolv.conf': resolvConf,
      ...Object.fromEntries(Object.keys(programs).map((id) => [`/bin/${id}`, { program: id }])),
    });
    const machine = createMachine({
      simulation,
      inodes,
      programs: { find: (id) => table.get(id) },
      hostname,
      root,
    });
    const { net } = machine.kernel.initial;
    const card = net.interfaces.addEthernet('ens37', { mac: `00:0c:29:fb:af:${address.slice(-2)}`, lan });
    if (isErrno(card)) throw new Error(card.code);
    net.interfaces.setUp(card, true);
    net.interfaces.addAddress(card, { address, prefix: 24 });
    return machine;
  };
  return {
    simulation,
    machine: make('server5-node1', '192.168.2.205'),
    other: make('client', '192.168.2.100'),
  };
}

function start(machine: Machine, name: string): void {
  const process = enterMachine(machine, {
    path: `/bin/${name}`,
    argv: [name],
    env: new Map(),
    files: new Map(),
  });
  if (isErrno(process)) throw new Error(process.code);
}

/** Runs `body` as a process of the machine and gives what it notes. */
function notes(body: (context: ProcessContext, note: (text: string) => void) => Running): {
  readonly program: Program;
  readonly seen: string[];
} {
  const seen: string[] = [];
  return { seen, program: (context) => body(context, (text) => seen.push(text)) };
}

describe('network calls of processes', () => {
  it('serve a connection, and the listener goes with its process', () => {
    const server = notes(function* (context, note) {
      const listener = listen(context, { port: 8080 });
      if (isErrno(listener)) return 1;
      context.install(listener);
      const connection = yield* accept(context, listener);
      if (isErrno(connection)) return 1;
      const fd = context.install(connection);
      note(`from ${connection.peerAddress}: ${String(yield* context.readLine(fd))}`);
      context.write(fd, 'done\n');
      return 0;
    });
    const client = notes(function* (context, note) {
      const socket = yield* connect(context, { address: '192.168.2.205', port: 8080 });
      if (isErrno(socket)) return 1;
      const fd = context.install(socket);
      context.write(fd, 'hello\n');
      note(String(yield* context.readAll(fd)));
      const again = yield* connect(context, { address: '192.168.2.205', port: 8080 });
      note(isErrno(again) ? again.text : 'connected');
      return 0;
    });
    const { simulation, machine, other } = bench({ server: server.program, client: client.program });
    start(machine, 'server');
    simulation.advance(5);
    const [entry] = machine.kernel.initial.net.sockets.list();
    const holder = holdersByInode(machine.kernel.processes()).get(entry?.inode ?? 0)?.[0];
    expect([holder?.process.comm, holder?.fd]).toEqual(['server', 0]);
    start(other, 'client');
    simulation.advance(100);
    expect(server.seen).toEqual(['from 192.168.2.100: hello']);
    expect(client.seen).toEqual(['done\n', 'Connection refused']);
  });

  it('refuse low ports to those without the capability, unless the namespace lets everybody', () => {
    const tries = notes(function* (context, note) {
      const rights: Credentials = {
        ...context.process.credentials,
        uid: 1000,
        gid: 1000,
        groups: [],
        effective: new Set(),
        permitted: ALL_CAPABILITIES,
      };
      context.process.credentials = rights;
      const { sysctls } = context.process.namespaces.net;
      const show = (value: unknown): string => (isErrno(value) ? value.code : 'ok');
      note(
        `${show(listen(context, { port: 80 }))} ${show(listen(context, { port: 8080 }))} ${show(openUdp(context, { port: 53 }))} ${show(openEcho(context))}`,
      );
      sysctls.set('net.ipv4.ip_unprivileged_port_start', '0');
      sysctls.set('net.ipv4.ping_group_range', '0 2147483647');
      note(`${show(listen(context, { port: 80 }))} ${show(openEcho(context))}`);
      yield* context.checkpoint();
      return 0;
    });
    const { simulation, machine } = bench({ tries: tries.program });
    start(machine, 'tries');
    simulation.advance(10);
    expect(tries.seen).toEqual(['EACCES ok EACCES EPERM', 'ok ok']);
  });

  it('resolve names by the hosts file, by search lists and servers, and say why not', () => {
    const asks = notes(function* (context, note) {
      for (const name of ['192.168.2.1', 'localhost', 'server5-node1', 'client', 'client.lan', 'nosuch']) {
        const found = yield* resolve(context, name, { flavour: 'glibc' });
        note(isResolveFailure(found) ? found.code : found.join(' '));
      }
      return 0;
    });
    const { simulation, machine, other } = bench({ asks: asks.program }, 'search x lan\nnameserver 192.168.2.205\n');
    attachDns(machine.kernel.initial.net, '192.168.2.205', hostsZone(new Map([['client.lan', '192.168.2.100']])));
    start(other, 'asks');
    simulation.advance(1_000);
    expect(asks.seen).toEqual(['192.168.2.1', '::1 127.0.0.1', '192.168.2.205', '192.168.2.100', '192.168.2.100', 'EAI_NONAME']);
  });

  it('give up on servers that never answer', () => {
    const asks = notes(function* (context, note) {
      const found = yield* resolve(context, 'client', { flavour: 'musl', family: 4 });
      note(`${isResolveFailure(found) ? found.code : ''} after ${Math.round(context.simulation.now / 1000)} s`);
      return 0;
    });
    const { simulation, other, machine } = bench({ asks: asks.program }, 'nameserver 192.168.2.205\n');
    machine.kernel.initial.net.netfilter.table('filter').setPolicy('INPUT', 'DROP');
    start(other, 'asks');
    simulation.advance(20_000);
    expect(asks.seen).toEqual(['EAI_AGAIN after 10 s']);
  });
});
