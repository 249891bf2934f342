/**
 * Serves HTTP on listening sockets of one process: accepts, parses, keeps connections alive. What is answered is the
 * caller's business; so are the headers that differ between servers (`style`).
 */
import { isErrno } from '../../linux/errno.ts';
import { isAgain } from '../../linux/fs/open-file.ts';
import { TLS_CLIENT_HELLO, TLS_SERVER_HELLO } from '../../linux/net/simulated-tls.ts';
import type { TcpSocket } from '../../linux/net/socket/tcp-socket.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import type { Running } from '../../linux/process/wait.ts';
import { byteLength, httpDate, parseRequest, reasonOf, type HttpRequest, type HttpResponse } from './http-message.ts';

export type HttpHandler = (request: HttpRequest, listener: TcpSocket) => Blocking<HttpResponse>;

/** Go's net/http and nginx frame their answers differently. */
export type HttpStyle = 'go' | 'nginx';

export interface HttpService {
  readonly listeners: readonly TcpSocket[];
  /** Those that speak TLS: they answer plain HTTP with an explanation (net/http/server.go, badRequestError of tlsRecordHeaderLooksLikeHTTP). */
  readonly secure?: ReadonlySet<TcpSocket>;
  readonly style: HttpStyle;
  readonly handle: HttpHandler;
}

interface Connection {
  readonly socket: TcpSocket;
  readonly listener: TcpSocket;
  readonly fd: number;
  received: string;
  secured: boolean;
}

/** A handler for services that need not wait. */
export function plainHandler(handle: (request: HttpRequest, listener: TcpSocket) => HttpResponse): HttpHandler {
  // eslint-disable-next-line require-yield -- a handler may block, this one does not
  return function* (request, listener) {
    return handle(request, listener);
  };
}

/** Serves for ever. */
export function* serveHttp(context: ProcessContext, service: HttpService): Running {
  const open = new Set<Connection>();
  for (;;) {
    for (const listener of service.listeners) {
      for (let socket = listener.accept(); socket; socket = listener.accept()) {
        open.add({ socket, listener, fd: context.install(socket), received: '', secured: false });
      }
    }
    for (const connection of open) {
      if (yield* serveConnection(context, service, connection)) continue;
      open.delete(connection);
      context.close(connection.fd);
    }
    if (service.listeners.some((listener) => listener.hasPending)) continue;
    yield* context.waitFor([...service.listeners, ...[...open].map((each) => each.socket)].map((socket) => socket.readable));
  }
}

/** Answers what has come so far. @returns false when the connection is to be closed */
function* serveConnection(context: ProcessContext, service: HttpService, connection: Connection): Blocking<boolean> {
  const { socket } = connection;
  for (;;) {
    const piece = socket.read({ max: 65_536 });
    if (isAgain(piece)) return true;
    if (isErrno(piece) || piece === '') return false;
    connection.received += piece;
    if (!service.secure?.has(connection.listener) || connection.secured) {
      if (!(yield* answerAll(context, service, connection))) return false;
      continue;
    }
    if (connection.received.length < TLS_CLIENT_HELLO.length) continue;
    if (!connection.received.startsWith(TLS_CLIENT_HELLO)) {
      if (/^[A-Z]/.test(connection.received)) socket.write('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n');
      return false;
    }
    connection.received = connection.received.slice(TLS_CLIENT_HELLO.length);
    connection.secured = true;
    socket.write(TLS_SERVER_HELLO);
    if (!(yield* answerAll(context, service, connection))) return false;
  }
}

function* answerAll(context: ProcessContext, service: HttpService, connection: Connection): Blocking<boolean> {
  const { socket, listener } = connection;
  for (;;) {
    const parsed = parseRequest(
      connection.received,
      `${socket.peerAddress.includes(':') ? `[${socket.peerAddress}]` : socket.peerAddress}:${socket.peerPort}`,
    );
    if (parsed.kind === 'incomplete') return true;
    if (parsed.kind === 'malformed') {
      socket.write(malformedAnswer(service.style, context.simulation.wallClock));
      return false;
    }
    connection.received = parsed.rest;
    const { request } = parsed;
    const response = yield* service.handle(request, listener);
    const keep = wantsToStay(request);
    socket.write(framed({ style: service.style, request, response, keep, now: context.simulation.wallClock }));
    while (socket.full) yield* context.waitFor([socket.writable]);
    if (!keep) return false;
  }
}

function wantsToStay(request: HttpRequest): boolean {
  const wish = (request.headers.get('connection') ?? '').toLowerCase();
  return request.version === '1.1' ? wish !== 'close' : wish === 'keep-alive';
}

interface Framing {
  readonly style: HttpStyle;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly keep: boolean;
  readonly now: number;
}

function framed({ style, request, response, keep, now }: Framing): string {
  const body = request.method === 'HEAD' ? '' : response.body;
  const status = `${response.status} ${reasonOf(response.status)}`;
  const lines = style === 'nginx' ? nginxHead(response, { status, keep, now }) : goHead(request, response, { status, keep, now });
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

interface Head {
  readonly status: string;
  readonly keep: boolean;
  readonly now: number;
}

/** src/http/ngx_http_header_filter_module.c: Server, Date, Content-Type, Content-Length, Last-Modified, Connection, then the rest. */
function nginxHead(response: HttpResponse, head: Head): readonly string[] {
  const early = ['Content-Type', 'Content-Length', 'Last-Modified', 'Location'];
  const first = response.headers.filter(([name]) => early.includes(name));
  const rest = response.headers.filter(([name]) => !early.includes(name));
  return [
    `HTTP/1.1 ${head.status}`,
    'Server: nginx/1.22.1',
    `Date: ${httpDate(head.now)}`,
    ...first.map(([name, value]) => `${name}: ${value}`),
    `Connection: ${head.keep ? 'keep-alive' : 'close'}`,
    ...rest.map(([name, value]) => `${name}: ${value}`),
  ];
}

/** net/http/server.go: the handler's headers in the order of their names, then Date, Content-Length, Content-Type, Connection. */
function goHead(request: HttpRequest, response: HttpResponse, head: Head): readonly string[] {
  const type = response.headers.find(([name]) => name === 'Content-Type');
  const rest = response.headers.filter(([name]) => name !== 'Content-Type').sort(([a], [b]) => (a < b ? -1 : 1));
  const close =
    !head.keep && request.version === '1.1' ? ['Connection: close'] : head.keep && request.version === '1.0' ? ['Connection: keep-alive'] : [];
  return [
    `HTTP/${request.version} ${head.status}`,
    ...rest.map(([name, value]) => `${name}: ${value}`),
    `Date: ${httpDate(head.now)}`,
    `Content-Length: ${byteLength(response.body)}`,
    ...(type ? [`Content-Type: ${type[1]}`] : response.body === '' ? [] : ['Content-Type: text/plain; charset=utf-8']),
    ...close,
  ];
}

function malformedAnswer(style: HttpStyle, now: number): string {
  if (style === 'go') return 'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request';
  const body = nginxErrorPage(400);
  return `HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nDate: ${httpDate(now)}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
}

/** nginx's own page for an error. */
export function nginxErrorPage(status: number): string {
  const title = `${status} ${reasonOf(status)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;
}
