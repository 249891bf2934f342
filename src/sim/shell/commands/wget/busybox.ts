/** wget of BusyBox 1.37 (networking/wget.c): fetches one URL after another over HTTP. FTP gets no further than connecting. */
import { isErrno } from '../../../linux/errno.ts';
import { TLS_CLIENT_HELLO, TLS_SERVER_HELLO } from '../../../linux/net/simulated-tls.ts';
import { connect } from '../../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import { byteLength } from '../../daemon/http-message.ts';
import { busyboxAddress, splitHostPort } from '../../network/busybox-host.ts';
import { headerOf, readReply, type HttpReply } from '../../network/http-exchange.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const USAGE = `wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
\t[--post-data STR | --post-file FILE] [-Y on/off]
\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...

Retrieve files via HTTP or FTP

\t--spider\tOnly check URL existence: $? is 0 if exists
\t--header STR\tAdd STR (of form 'header: value') to headers
\t--post-data STR\tSend STR using POST method
\t--post-file FILE\tSend FILE using POST method
\t--no-check-certificate\tDon't validate the server's certificate
\t-c\t\tContinue retrieval of aborted transfer
\t-q\t\tQuiet
\t-P DIR\t\tSave to DIR (default .)
\t-S    \t\tShow server response
\t-T SEC\t\tNetwork read timeout is SEC seconds
\t-O FILE\t\tSave to FILE ('-' for stdout)
\t-o LOGFILE\tLog messages to FILE
\t-U STR\t\tUse STR for User-Agent header
\t-Y on/off\tUse proxy`;

/** Seconds without a word from the server. */
const USUAL_TIMEOUT = 900;

class Retrieval {
  readonly #call: ToolCall;
  readonly #context: ProcessContext;
  readonly #quiet: boolean;

  constructor(call: ToolCall) {
    this.#call = call;
    this.#context = call.context;
    this.#quiet = call.has('q', 'quiet');
  }

  *fetch(url: string): Blocking<number> {
    let target = url;
    for (let redirects = 0; ; redirects++) {
      const reply = yield* this.#ask(target);
      if (typeof reply === 'number') return reply;
      const location = headerOf(reply, 'location');
      if (reply.status >= 300 && reply.status < 400 && location !== undefined) {
        if (redirects >= 5) return this.#call.complain('too many redirections');
        target = location.startsWith('/') ? `${/^\w+:\/\/[^/]*/.exec(withScheme(target))?.[0] ?? ''}${location}` : location;
        continue;
      }
      if (reply.status >= 400 || reply.status < 200)
        return this.#call.complain(`server returned error: HTTP/${reply.version} ${reply.status} ${reply.reason}`);
      return this.#save(target, reply);
    }
  }

  *#ask(url: string): Blocking<HttpReply | number> {
    const match = /^(?:(https?|ftp):\/\/)?([^/?#]*)([^#]*)/.exec(url);
    const named = url.includes('://') && match?.[1] === undefined;
    if (!match || named) return this.#call.complain(`not an http or ftp url: ${url}`);
    const scheme = match[1] ?? 'http';
    const written = (match[2] ?? '').replace(/^[^@]*@/, '');
    const place = splitHostPort(written, scheme === 'https' ? 443 : scheme === 'ftp' ? 21 : 80);
    if (!place) return this.#call.complain(`bad port spec '${written}'`);
    const address = yield* busyboxAddress(this.#context, place.host);
    if (address === undefined) return this.#call.complain(`bad address '${written}'`);
    const shown = address.includes(':') ? `[${address}]` : address;
    this.#say(`Connecting to ${written} (${shown}:${place.port})\n`);
    const limit = Number(this.#call.value('T', 'timeout') ?? USUAL_TIMEOUT) * 1000;
    const socket = yield* connect(this.#context, { address, port: place.port }, { deadline: this.#context.simulation.now + limit });
    if (isErrno(socket)) {
      if (socket.code === 'EAGAIN') return this.#call.complain('download timed out');
      return this.#call.complain(`can't connect to remote host (${address}): ${socket.text}`);
    }
    const fd = this.#context.install(socket, 3);
    try {
      if (scheme === 'ftp') return this.#call.complain('connection closed by peer');
      if (scheme === 'https') {
        socket.write(TLS_CLIENT_HELLO);
        const hello = yield* this.#context.read(fd, { max: TLS_SERVER_HELLO.length });
        if (hello !== TLS_SERVER_HELLO) {
          this.#context.err('ssl_client: TLS error from peer (alert code 40): handshake failure\n');
          return this.#call.complain('error getting response: Connection reset by peer');
        }
        if (!this.#call.has('no-check-certificate')) this.#say('wget: note: TLS certificate validation not implemented\n');
      }
      socket.write(this.#request(written, match[3] ?? ''));
      const reply = yield* readReply(this.#context, fd, { bodyless: this.#call.has('spider'), silence: limit });
      switch (reply.kind) {
        case 'timeout':
          return this.#call.complain('download timed out');
        case 'empty':
          return this.#call.complain('error getting response');
        case 'garbage':
          return this.#call.complain(`can't parse response: ${reply.text.split('\n')[0]?.trimEnd() ?? ''}`);
        case 'failed':
          return this.#call.complain(`error getting response: ${reply.error.text}`);
        case 'reply':
          if (this.#call.has('S', 'server-response')) {
            const lines = reply.head.split('\r\n').slice(0, -1);
            for (const line of reply.status >= 400 ? lines.slice(0, 1) : lines) this.#context.err(`  ${line}\n`);
          }
          return reply;
      }
    } finally {
      this.#context.close(fd);
    }
  }

  #request(host: string, path: string): string {
    const data = this.#call.value('post-data');
    const own = this.#call.parsed.options.filter((each) => each.name === 'header').map((each) => each.value ?? '');
    const has = (name: string): boolean => own.some((line) => line.toLowerCase().startsWith(`${name}:`));
    const target = path === '' ? '/' : path.startsWith('/') ? path : `/${path}`;
    const lines = [`${data === undefined ? 'GET' : 'POST'} ${target} HTTP/1.1`];
    if (!has('host')) lines.push(`Host: ${host}`);
    if (!has('user-agent')) lines.push(`User-Agent: ${this.#call.value('U', 'user-agent') ?? 'Wget'}`);
    lines.push('Connection: close', ...own);
    if (data !== undefined) lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${byteLength(data)}`);
    return `${lines.join('\r\n')}\r\n\r\n${data ?? ''}`;
  }

  #save(url: string, reply: HttpReply): number {
    if (this.#call.has('spider')) {
      this.#say('remote file exists\n');
      return 0;
    }
    const name = url
      .replace(/^\w+:\/\//, '')
      .replace(/[?#].*$/, '')
      .split('/')
      .slice(1)
      .at(-1);
    const given = this.#call.value('O', 'output-document');
    const usual = name === undefined || name === '' ? 'index.html' : name;
    const directory = this.#call.value('P', 'directory-prefix');
    const path = given ?? (directory === undefined ? usual : `${directory.replace(/\/$/, '')}/${usual}`);
    if (path === '-') {
      this.#say('writing to stdout\n');
      this.#context.out(reply.body);
    } else {
      // Without -O an existing file is never overwritten.
      const fd = this.#context.open(path, {
        write: true,
        create: true,
        ...(given === undefined && !this.#call.has('c', 'continue') ? { exclusive: true } : { truncate: true }),
        mode: 0o666,
      });
      if (isErrno(fd)) return this.#call.complain(`can't open '${path}': ${fd.text}`);
      this.#say(`saving to '${path}'\n`);
      this.#context.write(fd, reply.body);
      this.#context.close(fd);
    }
    if (reply.cut) return this.#call.complain('connection closed prematurely');
    // Without a length and without a byte there was nothing to show.
    const isEmpty = reply.body === '' && !/^content-length:/im.test(reply.head);
    if (!isEmpty)
      this.#say(
        `${path.split('/').at(-1)?.slice(0, 20).padEnd(20) ?? ''} 100% |${'*'.repeat(32)}| ${String(byteLength(reply.body)).padStart(5)}  0:00:00 ETA\n`,
      );
    this.#say(path === '-' ? 'written to stdout\n' : `'${path}' saved\n`);
    return 0;
  }

  #say(text: string): void {
    if (!this.#quiet) this.#context.err(text);
  }
}

function withScheme(url: string): string {
  return url.includes('://') ? url : `http://${url}`;
}

const rules = {
  short: 'cqSO:o:P:U:T:Y:t:n:',
  long: {
    continue: 'none',
    quiet: 'none',
    'server-response': 'none',
    'output-document': 'required',
    'output-file': 'required',
    'directory-prefix': 'required',
    'user-agent': 'required',
    timeout: 'required',
    proxy: 'required',
    header: 'required',
    'post-data': 'required',
    'post-file': 'required',
    spider: 'none',
    'no-check-certificate': 'none',
  },
} as const;

export const { busybox: command } = defineTool({
  name: 'wget',
  suite: 'system',
  summary: { zh: '下载一个网址', en: 'Download a URL' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    if (call.operands.length === 0) return call.misuse(undefined);
    const retrieval = new Retrieval(call);
    for (const url of call.operands) {
      const code = yield* retrieval.fetch(url);
      if (code !== 0) return code;
    }
    return 0;
  },
});
