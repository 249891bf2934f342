/**
 * What long-running system programs have in common: threads and memory as `ps` shows them, listening sockets as `ss`
 * shows them, and an orderly end on SIGTERM. What they do in life is done by src/sim/kube; these are their processes.
 */
import { isErrno } from '../../linux/errno.ts';
import { listen } from '../../linux/net/socket-calls.ts';
import type { TcpSocket } from '../../linux/net/socket/tcp-socket.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import type { SignalName } from '../../linux/process/signals.ts';
import type { Running } from '../../linux/process/wait.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { plainHandler, serveHttp } from './http-server.ts';

export interface DaemonPort {
  readonly address: string;
  /** 0: one that is free. */
  readonly port: number;
  readonly backlog?: number;
  readonly v6only?: boolean;
  /** Lowest descriptor it gets, as it is in life. */
  readonly descriptor: number;
  readonly secure?: boolean;
  /** Answers requests; without it connections are taken and nothing is said. */
  readonly answer?: (request: HttpRequest) => HttpResponse;
}

export interface DaemonShape {
  readonly threads: number;
  /** KiB. */
  readonly memory: { readonly virtual: number; readonly resident: number };
  readonly ports: readonly DaemonPort[];
  /** Exit code on SIGTERM and SIGINT. */
  readonly exitCode?: number;
}

/** Gives the process its visible shape. */
export function takeShape(context: ProcessContext, shape: Pick<DaemonShape, 'threads' | 'memory'>): void {
  context.process.threads = shape.threads;
  context.process.memory = { ...shape.memory };
  for (const entry of context.process.pids) entry.namespace.skip(shape.threads - 1);
}

/** Virtual milliseconds between a signal and the end that it brings; long enough for the sender to end first. */
const SHUTDOWN = 1;

/** Ends the process with `code` whenever one of `signals` comes, also as PID 1. */
export function endOn(context: ProcessContext, signals: readonly SignalName[], code: number): void {
  for (const signal of signals) {
    context.handle(signal, () => {
      context.simulation.after(SHUTDOWN, () => {
        context.kernel.exit(context.process, { kind: 'exited', code });
      });
    });
  }
}

/** A Go program that handles no signals: the runtime ends it with 2 where the signal itself may not (runtime/signal_unix.go, dieFromSignal). */
export function endAsGoPrograms(context: ProcessContext): void {
  const fatal: readonly SignalName[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];
  if (context.pid === 1) endOn(context, fatal, 2);
}

/** The value of `--name=value` or `--name value` on the command line. */
export function flagValue(context: ProcessContext, name: string): string | undefined {
  for (const [index, word] of context.args.entries()) {
    if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3);
    if (word === `--${name}`) return context.args[index + 1];
  }
  return undefined;
}

/** Opens `port`. @returns the listener; on failure a Go-like message has been written */
export function openPort(context: ProcessContext, port: DaemonPort): TcpSocket | undefined {
  const socket = listen(context, {
    port: port.port,
    address: port.address,
    ...(port.backlog === undefined ? {} : { backlog: port.backlog }),
    ...(port.v6only === undefined ? {} : { v6only: port.v6only }),
  });
  if (isErrno(socket)) {
    const shown = port.address === '::' ? '' : port.address;
    context.err(
      `listen tcp ${shown}:${port.port}: bind: ${socket.code === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address'}\n`,
    );
    return undefined;
  }
  context.install(socket, port.descriptor);
  return socket;
}

/** Runs a daemon of this shape until it is ended. @returns 1 when it cannot listen */
export function* runDaemon(context: ProcessContext, shape: DaemonShape): Running {
  takeShape(context, shape);
  endOn(context, ['SIGTERM', 'SIGINT'], shape.exitCode ?? 0);
  const portByListener = new Map<TcpSocket, DaemonPort>();
  for (const port of shape.ports) {
    const listener = openPort(context, port);
    if (!listener) return 1;
    portByListener.set(listener, port);
  }
  const listeners = [...portByListener.keys()];
  return yield* serveHttp(context, {
    listeners,
    secure: new Set(listeners.filter((listener) => portByListener.get(listener)?.secure)),
    style: 'go',
    handle: plainHandler((request, listener) => portByListener.get(listener)?.answer?.(request) ?? notFound()),
  });
}

export function text(status: number, body: string): HttpResponse {
  return {
    status,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['X-Content-Type-Options', 'nosniff'],
    ],
    body,
  };
}

/** net/http NotFound. */
export function notFound(): HttpResponse {
  return text(404, '404 page not found\n');
}

export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: [['Content-Type', 'application/json']], body: `${JSON.stringify(value)}\n` };
}

/** Answers `ok` on the given paths and 404 elsewhere. */
export function healthAnswer(...paths: readonly string[]): (request: HttpRequest) => HttpResponse {
  return (request) => (paths.includes(pathOf(request)) ? text(200, 'ok') : notFound());
}

/** The target without its query. */
export function pathOf(request: HttpRequest): string {
  return request.target.split('?')[0] ?? '/';
}
