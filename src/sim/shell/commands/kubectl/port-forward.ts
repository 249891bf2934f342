/** `kubectl port-forward` (kubectl pkg/cmd/portforward, client-go tools/portforward, v0.37): local ports lead into a Pod's network namespace. */
import { WaitQueue } from '../../../engine/wait-queue.ts';
import { isErrno } from '../../../linux/errno.ts';
import { isAgain } from '../../../linux/fs/open-file.ts';
import { abandon, connect, listen } from '../../../linux/net/socket-calls.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import type { TcpSocket } from '../../../linux/net/socket/tcp-socket.ts';
import { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Program } from '../../../linux/process/wait.ts';
import { Failure, plainFailure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { listAt, numberAt, textAt } from './output/plain-value.ts';
import type { Plain } from './output/plain-value.ts';
import { objectNamed, podOf } from './request/pod-of.ts';
import type { Session } from './session.ts';
import type { Verb, VerbRun } from './verb.ts';

export const portForward: Verb = {
  name: 'port-forward',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Forward one or more local ports to a pod',
  long: 'Forward one or more local ports to a pod.',
  usage: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  flags: flagsOf('address,', 'pod-running-timeout~1m'),
  *run(session, input) {
    const [name, ...ports] = input.args;
    if (name === undefined || ports.length === 0) throw usageFailure(input.path, 'TYPE/NAME and list of ports are required for port-forward');
    const named = yield* objectNamed(session, name);
    const { pod } = yield* podOf(session, named, 'running');
    const pairs = ports.map((text) => portPair(text, { object: named.object, pod }));
    if (pod.status.phase !== 'Running')
      throw new Failure(`unable to forward port because pod is not running. Current status=${pod.status.phase ?? ''}`);
    const cluster = yield* session.cluster();
    const net = cluster.findContainer(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}/${pod.spec.containers[0]?.name ?? ''}`)?.container.process
      ?.namespaces.net;
    if (net === undefined) throw new Failure('lost connection to pod');
    const addresses =
      session.flags.list('address').length === 0
        ? ['127.0.0.1', '::1']
        : session.flags.list('address').flatMap((each) => (each === 'localhost' ? ['127.0.0.1', '::1'] : [each]));
    return yield* serve(session, { pairs, addresses, net });
  },
};

interface PortPair {
  readonly local: number;
  readonly remote: number;
}

function portPair(text: string, of: { readonly object: Plain; readonly pod: Plain }): PortPair {
  const [first = '', second] = text.split(':');
  const remoteText = second ?? first;
  const remote = remotePort(remoteText, of);
  if (Number.isNaN(remote)) throw new Failure(`Pod '${textAt(of.pod, 'metadata', 'name')}' does not have a named port '${remoteText}'`);
  const local = second === undefined ? (/^\d+$/.test(first) ? Number(first) : remote) : first === '' ? 0 : Number(first);
  const bad = (which: string, port: string, why: string): Failure =>
    new Failure(`error parsing ${which} port '${port}': strconv.ParseUint: parsing "${port}": ${why}`);
  if (Number.isNaN(local)) throw bad('local', first, 'invalid syntax');
  if (local > 65_535) throw bad('local', first, 'value out of range');
  if (remote > 65_535) throw bad('remote', remoteText, 'value out of range');
  if (remote <= 0) throw new Failure('remote port must be > 0');
  return { local, remote };
}

/** A Service's port is led to its target; names are looked up. */
function remotePort(text: string, { object, pod }: { readonly object: Plain; readonly pod: Plain }): number {
  const containerPorts = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  const named = (name: string): number =>
    numberAt(
      containerPorts.find((port) => textAt(port, 'name') === name),
      'containerPort',
    ) || Number.NaN;
  if (textAt(object, 'kind') !== 'Service') return /^\d+$/.test(text) ? Number(text) : named(text);
  const port = listAt(object, 'spec', 'ports').find((each) => textAt(each, 'name') === text || textAt(each, 'port') === text);
  if (port === undefined) throw new Failure(`Service ${textAt(object, 'metadata', 'name')} does not have a service port ${text}`);
  const target = textAt(port, 'targetPort') || textAt(port, 'port');
  return /^\d+$/.test(target) ? Number(target) : named(target);
}

function* serve(
  session: Session,
  how: { readonly pairs: readonly PortPair[]; readonly addresses: readonly string[]; readonly net: NetworkNamespace },
): VerbRun {
  const { context } = session;
  const listeners: { readonly socket: TcpSocket; readonly remote: number }[] = [];
  for (const { local, remote } of how.pairs) {
    let port = local;
    let opened = 0;
    for (const address of how.addresses) {
      const socket = listen(context, { port, address, ...(address.includes(':') ? { v6only: true } : {}) });
      if (isErrno(socket)) {
        if (socket.code === 'EADDRINUSE')
          session.err(
            `Unable to listen on port ${String(port)}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp${address.includes(':') ? '6' : '4'} ${address.includes(':') ? `[${address}]` : address}:${String(port)}: bind: address already in use]\n`,
          );
        continue;
      }
      context.install(socket);
      port = socket.localPort;
      opened++;
      listeners.push({ socket, remote });
      session.out(`Forwarding from ${address.includes(':') ? `[${address}]` : address}:${String(port)} -> ${String(remote)}\n`);
    }
    if (opened === 0) throw plainFailure(`error: unable to listen on any of the requested ports: [{${String(local)} ${String(remote)}}]`);
  }
  for (;;) {
    for (const { socket, remote } of listeners) {
      const connection = socket.accept();
      if (connection === undefined) continue;
      session.out(`Handling connection for ${String(connection.localPort)}\n`);
      const child = context.fork(carry(connection, { port: remote, net: how.net }), { argv: context.argv, env: context.env });
      if (isErrno(child)) abandon(connection);
    }
    if (
      (yield* context.waitFor(
        listeners.map(({ socket }) => socket.readable),
        session.deadline,
      )) === 'timeout'
    )
      return 0;
  }
}

/** One connection: a connection of its own inside of the Pod, and bytes in both directions. */
function carry(outer: TcpSocket, target: { readonly port: number; readonly net: NetworkNamespace }): Program {
  return function* (context) {
    const inside = new ProcessContext(context.kernel, { ...context.process, namespaces: { ...context.process.namespaces, net: target.net } });
    const inner = yield* connect(inside, { address: '127.0.0.1', port: target.port });
    if (isErrno(inner)) {
      context.err(
        `E portforward.go:424] "Unhandled Error" err="an error occurred forwarding ${String(outer.localPort)} -> ${String(target.port)}: error forwarding port ${String(target.port)} to pod: failed to connect to localhost:${String(target.port)} inside namespace: connection refused"\n`,
      );
      abandon(outer);
      return 1;
    }
    outer.retain();
    inner.retain();
    const open = { outer: true, inner: true };
    const idle = new WaitQueue();
    while (open.outer || open.inner) {
      let moved = false;
      for (const [from, to, side] of [
        [outer, inner, 'outer'],
        [inner, outer, 'inner'],
      ] as const) {
        if (!open[side]) continue;
        const text = from.read({ max: 65_536 });
        if (isAgain(text)) continue;
        moved = true;
        if (isErrno(text) || text === '') {
          open[side] = false;
          if (side === 'inner') open.outer = false;
        } else to.write(text);
      }
      if (!moved) yield* context.waitFor([outer.readable, inner.readable, idle]);
    }
    outer.release();
    inner.release();
    return 0;
  };
}
