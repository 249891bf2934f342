/** The process of sshd: it listens, names itself as the real one does, and lets nobody in. */
import { isErrno } from '../../../linux/errno.ts';
import { listen } from '../../../linux/net/socket-calls.ts';
import type { TcpSocket } from '../../../linux/net/socket/tcp-socket.ts';
import { takeShape } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'sshd',
  suite: 'system',
  summary: { zh: 'SSH 服务', en: 'The SSH server' },
  *run(context) {
    takeShape(context, { threads: 1, memory: { virtual: 15_460, resident: 9_492 } });
    const given = [context.process.exe, ...context.args].join(' ');
    const listeners: TcpSocket[] = [];
    for (const address of ['0.0.0.0', '::']) {
      const listener = listen(context, { address, port: 22, backlog: 128, v6only: address === '::' });
      if (isErrno(listener)) {
        context.err(`Bind to port 22 on ${address} failed: Address already in use.\r\n`);
        continue;
      }
      context.install(listener, 3);
      listeners.push(listener);
    }
    if (listeners.length === 0) {
      context.err('Cannot bind any address.\r\n');
      return 255;
    }
    // sshd.c: setproctitle("%s [listener] %d of %d-%d startups")
    context.process.argv = [`sshd: ${given} [listener] 0 of 10-100 startups`];
    for (;;) {
      yield* context.waitFor(listeners.map((listener) => listener.readable));
      for (const listener of listeners) {
        for (let socket = listener.accept(); socket; socket = listener.accept()) {
          const fd = context.install(socket);
          socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7\r\n');
          context.close(fd);
        }
      }
    }
  },
};
