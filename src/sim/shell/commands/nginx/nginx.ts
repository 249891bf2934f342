/** nginx 1.22 of Debian: a master that binds port 80 and two workers that answer; its default site, its messages, its signals. */
import { isErrno } from '../../../linux/errno.ts';
import { listen } from '../../../linux/net/socket-calls.ts';
import type { TcpSocket } from '../../../linux/net/socket/tcp-socket.ts';
import type { Credentials } from '../../../linux/process/credentials.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Process } from '../../../linux/process/process.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { deliver } from '../../../linux/process/signal-delivery.ts';
import { serveHttp } from '../../daemon/http-server.ts';
import type { Command } from '../../command.ts';
import { answerStatic } from './static-site.ts';

const WORKERS = 2;
const WWW_DATA = 33;
/** src/core/ngx_connection.c: five tries, half a second apart. */
const TRIES = 5;
const RETRY_DELAY = 500;
const BACKLOG = 511;
const PID_FILE = '/run/nginx.pid';

/** Both sockets of Debian's default site, opened as often as it takes. */
function* bind(context: ProcessContext): Blocking<readonly TcpSocket[] | undefined> {
  const open = new Map<string, TcpSocket>();
  for (let attempt = 0; attempt < TRIES; attempt++) {
    let failed = false;
    for (const address of ['0.0.0.0', '::']) {
      if (open.has(address)) continue;
      const socket = listen(context, { address, port: 80, backlog: BACKLOG, v6only: true });
      if (!isErrno(socket)) {
        open.set(address, socket);
        context.install(socket, 6);
        continue;
      }
      const shown = address === '::' ? '[::]' : address;
      const reason =
        socket.code === 'EADDRINUSE'
          ? '98: Address already in use'
          : socket.code === 'EACCES'
            ? '13: Permission denied'
            : '99: Cannot assign requested address';
      context.err(`nginx: [emerg] bind() to ${shown}:80 failed (${reason})\n`);
      if (socket.code !== 'EADDRINUSE') return undefined;
      failed = true;
    }
    if (!failed) return [...open.values()];
    yield* context.sleep(RETRY_DELAY);
  }
  context.err('nginx: [emerg] still could not bind()\n');
  return undefined;
}

function worker(listeners: readonly TcpSocket[]) {
  return function* (context: ProcessContext): Running {
    context.process.argv = ['nginx: worker process'];
    context.process.memory = { virtual: 55_696, resident: 5_560 };
    const end = (): void => {
      context.kernel.exit(context.process, { kind: 'exited', code: 0 });
    };
    for (const signal of ['SIGTERM', 'SIGQUIT', 'SIGINT'] as const) context.handle(signal, end);
    return yield* serveHttp(context, {
      listeners,
      style: 'nginx',
      handle: (request) => answerStatic(context, request),
    });
  };
}

function unprivileged(credentials: Credentials): Credentials {
  if (credentials.uid !== 0) return credentials;
  return { ...credentials, uid: WWW_DATA, gid: WWW_DATA, groups: [WWW_DATA], effective: new Set(), permitted: new Set() };
}

function startWorker(context: ProcessContext, listeners: readonly TcpSocket[]): Process | undefined {
  const child = context.fork(worker(listeners));
  if (isErrno(child)) return undefined;
  child.credentials = unprivileged(child.credentials);
  return child;
}

function* master(context: ProcessContext): Running {
  const { process } = context;
  const given = [context.argv[0] ?? 'nginx', ...context.args].join(' ');
  process.memory = { virtual: 55_184, resident: 10_620 };
  const listeners = yield* bind(context);
  if (!listeners) return 1;
  process.argv = [`nginx: master process ${given}`];
  context.writeFile(PID_FILE, `${context.pid}\n`);
  const workers = new Set<Process>();
  let leaving = false;
  const leave = (): void => {
    leaving = true;
    for (const each of workers) deliver(each, 'SIGQUIT', { force: true });
  };
  for (const signal of ['SIGTERM', 'SIGQUIT', 'SIGINT'] as const) context.handle(signal, leave);
  context.handle('SIGHUP', () => {
    for (const each of workers) deliver(each, 'SIGQUIT', { force: true });
  });
  for (;;) {
    while (!leaving && workers.size < WORKERS) {
      const child = startWorker(context, listeners);
      if (!child) break;
      workers.add(child);
    }
    if (leaving && workers.size === 0) return 0;
    const change = yield* context.wait();
    if (!isErrno(change)) workers.delete(change.process);
    else if (change.code === 'ECHILD') return leaving ? 0 : 2;
  }
}

export const command: Command = {
  name: 'nginx',
  suite: 'nginx',
  summary: { zh: 'nginx 网页服务器', en: 'The nginx web server' },
  options: ['-g', '-t', '-v', '-V', '-s', '-c'],
  *run(context) {
    const { args } = context;
    if (args.includes('-v')) {
      context.err('nginx version: nginx/1.22.1\n');
      return 0;
    }
    if (args.includes('-t')) {
      context.err(
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
      );
      return 0;
    }
    const s = args.indexOf('-s');
    if (s >= 0) return yield* signalMaster(context, args[s + 1]);
    if (args.join(' ').includes('daemon off;')) return yield* master(context);
    const child = context.fork(master, { argv: context.argv, newSession: true });
    return isErrno(child) ? 1 : 0;
  },
};

function* signalMaster(context: ProcessContext, name: string | undefined): Running {
  const signal = ({ stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' } as const)[name ?? ''];
  if (!signal) {
    context.err(name === undefined ? 'nginx: option "-s" requires parameter\n' : `nginx: invalid option: "-s ${name}"\n`);
    return 1;
  }
  const text = yield* context.readFile(PID_FILE);
  if (isErrno(text)) {
    context.err(`nginx: [error] open() "${PID_FILE}" failed (2: No such file or directory)\n`);
    return 1;
  }
  const pid = Number(text.trim());
  if (!context.kill(pid, signal)) return 0;
  context.err(`nginx: [alert] kill(${pid}, ${signal.length}) failed (3: No such process)\n`);
  return 1;
}
