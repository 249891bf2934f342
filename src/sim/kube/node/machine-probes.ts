/** HTTP and TCP probes from a node's own network namespace, as the kubelet makes them (pkg/probe/http, pkg/probe/tcp). */
import { isErrno } from '../../linux/errno.ts';
import { isAgain } from '../../linux/fs/open-file.ts';
import type { Machine } from '../../linux/machine.ts';
import { TLS_CLIENT_HELLO, TLS_SERVER_HELLO } from '../../linux/net/simulated-tls.ts';
import type { TcpSocket } from '../../linux/net/socket/tcp-socket.ts';
import type { HttpProbe, ProbeNetwork } from '../kubelet/node-host.ts';

type Dialled = TcpSocket | { readonly error: string };

export function machineProbes(machine: Machine): ProbeNetwork {
  const { kernel } = machine;
  const { simulation } = kernel;

  const dial = (target: { readonly host: string; readonly port: number; readonly timeoutSeconds: number }, done: (result: Dialled) => void): void => {
    const where = `dial tcp ${target.host}:${target.port}`;
    const socket = kernel.initial.net.sockets.connect(
      { address: target.host, port: target.port },
      { uid: 0, nextInode: () => kernel.nextFileInode() },
    );
    if (isErrno(socket)) {
      done({ error: `${where}: connect: ${socket.text.toLowerCase()}` });
      return;
    }
    socket.retain();
    let finished = false;
    const finish = (result: Dialled): void => {
      if (finished) return;
      finished = true;
      timer.cancel();
      if (!('state' in result)) socket.release();
      done(result);
    };
    const timer = simulation.after(target.timeoutSeconds * 1_000, () => {
      finish({ error: `${where}: i/o timeout` });
    });
    const look = (): void => {
      if (socket.error) finish({ error: `${where}: connect: ${socket.error.text.toLowerCase()}` });
      else if (socket.state === 'SYN_SENT') {
        socket.writable.add(look);
        socket.readable.add(look);
      } else finish(socket);
    };
    look();
  };

  return {
    tcpDial(target, done) {
      dial(target, (result) => {
        if ('state' in result) result.release();
        done('state' in result ? undefined : result.error);
      });
    },
    httpGet(probe, done) {
      const failed = (text: string): void => {
        done({ error: text });
      };
      dial({ host: probe.host, port: probe.port, timeoutSeconds: probe.timeoutSeconds }, (socket) => {
        if (!('state' in socket)) {
          failed(socket.error);
          return;
        }
        ask(socket, probe);
        let received = '';
        let ended = false;
        const end = (report: () => void): void => {
          if (ended) return;
          ended = true;
          timer.cancel();
          socket.release();
          report();
        };
        const timer = simulation.after(probe.timeoutSeconds * 1_000, () => {
          end(() => {
            failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
          });
        });
        const read = (): void => {
          for (;;) {
            const piece = socket.read({ max: 65_536 });
            if (isAgain(piece)) {
              if (!ended) socket.readable.add(read);
              return;
            }
            if (isErrno(piece) || piece === '') {
              end(() => {
                failed(isErrno(piece) ? `read: ${piece.text.toLowerCase()}` : 'EOF');
              });
              return;
            }
            received += piece;
            const answer = parse(received.startsWith(TLS_SERVER_HELLO) ? received.slice(TLS_SERVER_HELLO.length) : received);
            if (!answer) continue;
            end(() => {
              done(answer);
            });
            return;
          }
        };
        read();
      });
    },
  };
}

function ask(socket: TcpSocket, probe: HttpProbe): void {
  const named = new Map(probe.headers);
  const host = named.get('Host') ?? `${probe.host}:${probe.port}`;
  const others = [...named].filter(([name]) => name !== 'Host').map(([name, value]) => `${name}: ${value}\r\n`);
  const hello = probe.scheme === 'HTTPS' ? TLS_CLIENT_HELLO : '';
  socket.write(
    `${hello}GET ${probe.path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: kube-probe/1.37\r\nAccept: */*\r\n${others.join('')}Connection: close\r\n\r\n`,
  );
}

/** @returns undefined while the head, or a body of announced length, has not arrived */
function parse(text: string): { readonly status: number; readonly body: string } | undefined {
  const split = text.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const head = text.slice(0, split);
  const body = text.slice(split + 4);
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const status = Number(/^HTTP\/\d\.\d (\d{3})/.exec(head)?.[1] ?? 0);
  return body.length >= length ? { status, body } : undefined;
}
