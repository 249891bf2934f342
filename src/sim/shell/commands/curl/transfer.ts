/** One transfer of curl: connect, ask, print. Redirects and retries are transfers that follow each other. */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, parseAddress } from '../../../linux/net/address.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import { TLS_CLIENT_HELLO, TLS_SERVER_HELLO } from '../../../linux/net/simulated-tls.ts';
import { connect } from '../../../linux/net/socket-calls.ts';
import type { TcpSocket } from '../../../linux/net/socket/tcp-socket.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import { byteLength } from '../../daemon/http-message.ts';
import { headerOf, readReply, type HttpReply } from '../../network/http-exchange.ts';
import type { CurlOptions } from './curl-options.ts';
import { ProgressMeter } from './progress-meter.ts';
import { joinUrl, parseUrl, type Url } from './url.ts';
import { writeOut } from './write-out.ts';

export interface TransferRequest {
  readonly url: string;
  /** Its own `-o`. */
  readonly output: string | undefined;
  /** From 0. */
  readonly number: number;
}

/** What a transfer ended with. @see include/curl/curl.h CURLcode */
interface Failure {
  readonly kind: 'failure';
  readonly code: number;
  readonly message: string;
  /** Nothing was reached at all (`--retry-connrefused`, timeouts). */
  readonly transient?: boolean;
}

export class Transfer {
  readonly #context: ProcessContext;
  readonly #options: CurlOptions;
  readonly #request: TransferRequest;
  readonly #meter: ProgressMeter;
  readonly #started: number;
  #socket: TcpSocket | undefined;
  #reply: HttpReply | undefined;
  #effective: string;
  #redirects = 0;

  constructor(context: ProcessContext, options: CurlOptions, request: TransferRequest) {
    this.#context = context;
    this.#options = options;
    this.#request = request;
    this.#effective = request.url;
    this.#started = context.simulation.now;
    const toTerminal = request.output === undefined && !options.has('remote-name') && context.process.files.get(1)?.tty !== undefined;
    this.#meter = new ProgressMeter(context, !options.has('silent') && !options.has('no-progress-meter') && !toTerminal);
  }

  /** @returns curl's exit code */
  *perform(): Blocking<number> {
    const retries = Number(this.#options.value('retry') ?? 0);
    for (let attempt = 0; ; attempt++) {
      const failure = yield* this.#follow();
      if (
        failure &&
        attempt < retries &&
        (failure.transient === true || this.#options.has('retry-all-errors') || (failure.code === 7 && this.#options.has('retry-connrefused')))
      ) {
        const given = this.#options.value('retry-delay');
        const seconds = given === undefined ? 2 ** attempt : Number(given);
        if (!this.#options.has('silent') || this.#options.has('show-error'))
          this.#context.err(
            `Warning: Problem : ${failure.code === 28 ? 'timeout' : 'connection refused'}. Will retry in ${seconds} seconds. ${retries - attempt} retries left.\n`.replace(
              '1 seconds',
              '1 second',
            ),
          );
        yield* this.#context.sleep(seconds * 1000);
        continue;
      }
      if (failure && (!this.#options.has('silent') || this.#options.has('show-error')))
        this.#context.err(`curl: (${failure.code}) ${failure.message}\n`);
      const format = this.#options.value('write-out');
      if (format !== undefined) this.#writeOut(format, failure);
      return failure?.code ?? 0;
    }
  }

  #writeOut(format: string, failure: Failure | undefined): void {
    const reply = this.#reply;
    const socket = this.#socket;
    const seconds = ((this.#context.simulation.now - this.#started) / 1000).toFixed(6);
    writeOut(this.#context, format, {
      http_code: String(reply?.status ?? 0).padStart(3, '0'),
      response_code: String(reply?.status ?? 0).padStart(3, '0'),
      http_version: reply ? reply.version : '0',
      content_type: (reply && headerOf(reply, 'content-type')) ?? '',
      size_download: String(reply ? byteLength(reply.body) : 0),
      size_header: String(reply?.head.length ?? 0),
      size_upload: '0',
      remote_ip: socket?.peerAddress ?? '',
      remote_port: String(socket?.peerPort ?? 0),
      local_ip: socket?.localAddress ?? '',
      local_port: String(socket?.localPort ?? 0),
      url: this.#request.url,
      url_effective: this.#effective,
      method: this.#method(),
      scheme: socket ? (this.#effective.startsWith('https:') ? 'HTTPS' : 'HTTP') : '',
      num_connects: socket ? '1' : '0',
      num_redirects: String(this.#redirects),
      redirect_url: (reply && headerOf(reply, 'location')) ?? '',
      exitcode: String(failure?.code ?? 0),
      errormsg: failure?.message ?? '',
      urlnum: String(this.#request.number),
      time_total: seconds,
      time_namelookup: '0.000020',
      time_connect: socket ? '0.000110' : '0.000000',
      time_appconnect: '0.000000',
      time_pretransfer: socket ? '0.000140' : '0.000000',
      time_starttransfer: reply ? seconds : '0.000000',
      time_redirect: '0.000000',
      speed_download: '0',
      speed_upload: '0',
      filename_effective: this.#request.output ?? '',
      ssl_verify_result: '0',
    });
  }

  *#follow(): Blocking<Failure | undefined> {
    let target = parseUrl(this.#request.url);
    for (;;) {
      if (target === undefined) return { kind: 'failure', code: 3, message: 'URL using bad/illegal format or missing URL' };
      if (target.scheme !== 'http' && target.scheme !== 'https')
        return { kind: 'failure', code: 1, message: `Protocol "${target.scheme}" not supported or disabled in libcurl` };
      this.#effective = target.text;
      this.#meter.start();
      const reply = yield* this.#exchange(target);
      if (reply.kind === 'failure') {
        this.#meter.end();
        return reply;
      }
      this.#reply = reply;
      const location = headerOf(reply, 'location');
      const hop = this.#options.has('location') && reply.status >= 300 && reply.status < 400 && location !== undefined;
      if (hop && ++this.#redirects > Number(this.#options.value('max-redirs') ?? 50))
        return { kind: 'failure', code: 47, message: `Maximum (${this.#options.value('max-redirs') ?? '50'}) redirects followed` };
      const refused = this.#deliver(reply, hop);
      if (refused || !hop) return refused;
      this.#info(`Issue another request to this URL: '${joinUrl(target, location)}'`);
      target = parseUrl(joinUrl(target, location));
    }
  }

  *#exchange(target: Url): Blocking<HttpReply | Failure> {
    const begin = this.#context.simulation.now;
    const limit = this.#seconds('max-time');
    const deadline = limit === undefined ? undefined : begin + limit;
    const socket = yield* this.#connect(target, deadline);
    if ('code' in socket) return socket;
    this.#socket = socket;
    const fd = this.#context.install(socket, 5);
    try {
      const insecure = yield* this.#secure(target, fd, deadline);
      if (insecure) return insecure;
      const request = this.#requestText(target);
      for (const line of request.head.split('\r\n').slice(0, -1)) this.#talk('>', line);
      socket.write(request.head + request.body);
      if (request.body !== '') this.#note(`} [${byteLength(request.body)} bytes data]`);
      const reply = yield* readReply(this.#context, fd, { bodyless: this.#method() === 'HEAD', deadline });
      const elapsed = Math.floor(this.#context.simulation.now - begin);
      switch (reply.kind) {
        case 'reply':
          for (const line of reply.head.split('\r\n').slice(0, -1)) this.#talk('<', line);
          if (reply.body !== '') this.#note(`{ [${byteLength(reply.body)} bytes data]`);
          this.#meter.total(
            byteLength(reply.body),
            Number(headerOf(reply, 'content-length') ?? byteLength(reply.body)),
            this.#context.simulation.now - begin,
          );
          if (reply.cut) return this.#failed(18, 'transfer closed with outstanding read data remaining');
          this.#info(
            headerOf(reply, 'connection')?.toLowerCase() === 'close' ? 'Closing connection 0' : `Connection #0 to host ${target.host} left intact`,
          );
          return reply;
        case 'timeout':
          return this.#failed(
            28,
            `Operation timed out after ${elapsed} milliseconds with ${reply.received} ${reply.expected === undefined ? '' : `out of ${reply.expected} `}bytes received`,
            true,
          );
        case 'empty':
          this.#info('Empty reply from server');
          return this.#failed(52, 'Empty reply from server');
        case 'garbage':
          return this.#failed(1, 'Received HTTP/0.9 when not allowed');
        case 'failed':
          return this.#failed(56, `Recv failure: ${reply.error.text}`);
      }
    } finally {
      this.#context.close(fd);
    }
  }

  *#connect(target: Url, deadline: number | undefined): Blocking<TcpSocket | Failure> {
    const begin = this.#context.simulation.now;
    const only = this.#options.has('ipv4') ? 4 : this.#options.has('ipv6') ? 6 : undefined;
    const fixed = this.#resolved(target);
    const addresses =
      fixed === undefined
        ? yield* resolve(this.#context, target.host, { flavour: 'glibc', ...(only === undefined ? {} : { family: only }) })
        : [fixed];
    const milliseconds = (): number => Math.floor(this.#context.simulation.now - begin);
    if (isResolveFailure(addresses)) {
      if (deadline !== undefined && this.#context.simulation.now > deadline)
        return this.#failed(28, `Resolving timed out after ${Math.round(deadline - begin)} milliseconds`, true);
      this.#info(`Could not resolve host: ${target.host}`);
      return this.#failed(6, `Could not resolve host: ${target.host}`);
    }
    const connectLimit = this.#seconds('connect-timeout');
    const patience = connectLimit === undefined ? undefined : begin + connectLimit;
    const until = patience === undefined ? deadline : deadline === undefined ? patience : Math.min(patience, deadline);
    let lastTimedOut = false;
    for (const address of addresses) {
      this.#info(`  Trying ${familyOf(address) === 6 ? `[${address}]` : address}:${target.port}...`);
      const socket = yield* connect(this.#context, { address, port: target.port }, { deadline: until });
      if (!isErrno(socket)) {
        this.#info(`Connected to ${target.host} (${address}) port ${target.port} (#0)`);
        return socket;
      }
      if (socket.code === 'EAGAIN') {
        if (until === deadline) return this.#failed(28, `Connection timed out after ${milliseconds()} milliseconds`, true);
        return this.#failed(28, `Failed to connect to ${target.host} port ${target.port} after ${milliseconds()} ms: Timeout was reached`, true);
      }
      lastTimedOut = socket.code === 'ETIMEDOUT';
      this.#info(
        socket.code === 'ENETUNREACH'
          ? `Immediate connect fail for ${address}: ${socket.text}`
          : `connect to ${address} port ${target.port} failed: ${socket.text}`,
      );
    }
    const message = `Failed to connect to ${target.host} port ${target.port} after ${milliseconds()} ms: Couldn't connect to server`;
    this.#info(message);
    return this.#failed(lastTimedOut ? 28 : 7, message, lastTimedOut);
  }

  /** `--resolve HOST:PORT:ADDRESS` */
  #resolved(target: Url): string | undefined {
    for (const each of this.#options.values('resolve')) {
      const match = /^\+?([^:]+):(\d+):\[?([^\]]+)\]?$/.exec(each);
      if (match && (match[1] === target.host || match[1] === '*') && Number(match[2]) === target.port) return parseAddress(match[3] ?? '');
    }
    return undefined;
  }

  *#secure(target: Url, fd: number, deadline: number | undefined): Blocking<Failure | undefined> {
    if (target.scheme !== 'https') return undefined;
    this.#context.write(fd, TLS_CLIENT_HELLO);
    const hello = yield* this.#context.read(fd, { max: TLS_SERVER_HELLO.length, ...(deadline === undefined ? {} : { deadline }) });
    if (isErrno(hello))
      return hello.code === 'EAGAIN'
        ? this.#failed(28, `SSL connection timeout`, true)
        : this.#failed(35, `OpenSSL SSL_connect: ${hello.text} in connection to ${target.host}:${target.port} `);
    if (hello === '') return this.#failed(35, `OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to ${target.host}:${target.port} `);
    if (hello !== TLS_SERVER_HELLO) return this.#failed(35, 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number');
    if (this.#options.has('insecure') || this.#options.has('cacert')) return undefined;
    return this.#failed(
      60,
      'SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.',
    );
  }

  #method(): string {
    const given = this.#options.value('request');
    if (given !== undefined) return given;
    if (this.#options.has('head')) return 'HEAD';
    return this.#body() !== '' && !this.#options.has('get') ? 'POST' : 'GET';
  }

  #body(): string {
    return this.#options.values('data', 'data-raw', 'data-binary', 'data-ascii', 'json', 'data-urlencode').join('&');
  }

  #requestText(target: Url): { readonly head: string; readonly body: string } {
    const data = this.#body();
    const body = this.#options.has('get') || this.#options.has('head') ? '' : data;
    const path = this.#options.has('get') && data !== '' ? `${target.path}${target.path.includes('?') ? '&' : '?'}${data}` : target.path;
    const usual = target.scheme === 'https' ? 443 : 80;
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    const headers: [string, string][] = [['Host', target.port === usual ? host : `${host}:${target.port}`]];
    const user = this.#options.value('user');
    if (user !== undefined) headers.push(['Authorization', `Basic ${btoa(user)}`]);
    const bearer = this.#options.value('oauth2-bearer');
    if (bearer !== undefined) headers.push(['Authorization', `Bearer ${bearer}`]);
    headers.push(
      ['User-Agent', this.#options.value('user-agent') ?? 'curl/7.88.1'],
      ['Accept', this.#options.has('json') ? 'application/json' : '*/*'],
    );
    const referer = this.#options.value('referer');
    if (referer !== undefined) headers.push(['Referer', referer]);
    const cookie = this.#options.value('cookie');
    if (cookie !== undefined) headers.push(['Cookie', cookie]);
    if (body !== '')
      headers.push(
        ['Content-Length', String(byteLength(body))],
        ['Content-Type', this.#options.has('json') ? 'application/json' : 'application/x-www-form-urlencoded'],
      );
    const own = this.#options
      .values('header')
      .map((line): [string, string] => [line.split(':')[0]?.trim() ?? '', line.slice(line.indexOf(':') + 1).trim()]);
    const kept = headers.filter(([name]) => !own.some(([other]) => other.toLowerCase() === name.toLowerCase()));
    const host2 = own.find(([name]) => name.toLowerCase() === 'host');
    const all = [...(host2 ? [host2] : []), ...kept, ...own.filter(([name, value]) => value !== '' && name.toLowerCase() !== 'host')];
    const version = this.#options.has('http1.0') ? '1.0' : '1.1';
    return {
      head: `${[`${this.#method()} ${path} HTTP/${version}`, ...all.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`,
      body,
    };
  }

  /** Prints the answer or puts it into its file. */
  #deliver(reply: HttpReply, hop: boolean): Failure | undefined {
    if (this.#options.has('fail') && reply.status >= 400) {
      this.#meter.end();
      return this.#failed(22, `The requested URL returned error: ${reply.status}`);
    }
    const shown = `${this.#options.has('include') || this.#options.has('head') ? reply.head : ''}${hop ? '' : reply.body}`;
    const dump = this.#options.value('dump-header');
    if (dump === '-') this.#context.out(reply.head);
    else if (dump !== undefined) this.#context.writeFile(dump, reply.head);
    const target =
      this.#request.output ?? (this.#options.has('remote-name') ? this.#effective.split(/[?#]/)[0]?.split('/').slice(3).at(-1) : undefined);
    this.#meter.end();
    if (target === '') return this.#failed(23, 'Remote file name has no length');
    if (target === undefined || target === '-') this.#context.out(shown);
    else {
      const error = this.#context.writeFile(target, shown);
      if (error) {
        this.#context.err(`Warning: Failed to open the file ${target}: ${error.text}\n`);
        return this.#failed(23, `Failure writing output to destination`);
      }
    }
    return this.#options.has('fail-with-body') && reply.status >= 400
      ? this.#failed(22, `The requested URL returned error: ${reply.status}`)
      : undefined;
  }

  #seconds(name: string): number | undefined {
    const value = Number(this.#options.value(name) ?? 0);
    return value > 0 ? value * 1000 : undefined;
  }

  #failed(code: number, message: string, transient = false): Failure {
    this.#info('Closing connection 0');
    return { kind: 'failure', code, message, transient };
  }

  #info(text: string): void {
    if (this.#options.has('verbose')) this.#context.err(`* ${text}\n`);
  }

  #talk(mark: string, line: string): void {
    if (this.#options.has('verbose')) this.#context.err(`${mark} ${line}\r\n`);
  }

  #note(text: string): void {
    if (this.#options.has('verbose')) this.#context.err(`${text}\n`);
  }
}
