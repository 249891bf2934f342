/** nc of Debian's netcat-openbsd 1.219: connects, listens and scans. Knows no proxies, TLS or UNIX sockets. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import { familyOf, parseAddress, type Family } from '../../../linux/net/address.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import type { DatagramSocket } from '../../../linux/net/socket/datagram-socket.ts';
import type { TcpSocket } from '../../../linux/net/socket/tcp-socket.ts';
import { accept, connect, listen, openUdp } from '../../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { HostNames, readServices } from '../../network/name-service.ts';
import { firstDatagram, relay } from '../../network/relay.ts';
import { has, parseOptions, valueOf, type ParsedOptions } from '../../options/parse-options.ts';
import { NC_HELP, NC_USAGE } from './usage.ts';

const SHORT = '46CDdFhI:i:kl M:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zzb'.replace(' ', '');

class Netcat {
  readonly #context: ProcessContext;
  readonly #parsed: ParsedOptions;
  #services: ReadonlyMap<string, string> = new Map();

  constructor(context: ProcessContext, parsed: ParsedOptions) {
    this.#context = context;
    this.#parsed = parsed;
  }

  *run(): Running {
    const words = this.#parsed.operands;
    if (this.#has('h')) {
      this.#context.err(NC_HELP);
      return 0;
    }
    if (words.length === 0 && !this.#has('l')) {
      this.#context.err(NC_USAGE);
      return 1;
    }
    if (this.#has('k') && !this.#has('l')) return this.#complain('must use -l with -k');
    const wait = valueOf(this.#parsed, 'w');
    if (wait !== undefined && !/^\d+$/.test(wait)) return this.#complain(`timeout invalid: ${wait}`);
    const proxy = valueOf(this.#parsed, 'X');
    if (proxy !== undefined && !['connect', '4', '5'].includes(proxy)) return this.#complain('unsupported proxy protocol');
    const source = valueOf(this.#parsed, 's');
    if (source !== undefined && !this.#context.process.namespaces.net.interfaces.holder(source))
      return this.#complain('bind failed: Cannot assign requested address');
    const [first, second] = words;
    const own = valueOf(this.#parsed, 'p') ?? (this.#has('l') && second === undefined ? first : undefined);
    const host = this.#has('l') ? (second === undefined && valueOf(this.#parsed, 'p') === undefined ? undefined : first) : first;
    const portWord = this.#has('l') ? (second ?? own) : second;
    if (portWord === undefined) return this.#complain('missing port number');
    if (!this.#has('n')) this.#services = yield* readServices(this.#context);
    const ports = this.#ports(portWord);
    if (typeof ports === 'string') return this.#complain(ports);
    if (this.#has('l')) return yield* this.#listen(host, ports[0] ?? 0);
    let code = 1;
    for (const port of ports) code = Math.min(code, yield* this.#reach(first ?? '', port));
    return code;
  }

  #has(letter: string): boolean {
    return has(this.#parsed, letter);
  }

  #complain(message: string): number {
    this.#context.err(`nc: ${message}\n`);
    return 1;
  }

  get #protocol(): 'tcp' | 'udp' {
    return this.#has('u') ? 'udp' : 'tcp';
  }

  /** Numbers, a range or the name of a service. @returns a message when it is none */
  #ports(word: string): readonly number[] | string {
    const named = [...this.#services].find(([port, name]) => name === word && port.endsWith(`/${this.#protocol}`));
    if (named) return [Number.parseInt(named[0], 10)];
    const range = /^(\d+)-(\d+)$/.exec(word);
    const [low = word, high = word] = range ? [range[1], range[2]] : [];
    for (const each of [low, high]) {
      if (!/^-?\d+$/.test(each)) return `port number invalid: ${each}`;
      if (Number(each) < (this.#has('l') ? 0 : 1)) return `port number too small: ${each}`;
      if (Number(each) > 65_535) return `port number too large: ${each}`;
    }
    const least = Math.min(Number(low), Number(high));
    return Array.from({ length: Math.abs(Number(high) - Number(low)) + 1 }, (_, index) => least + index);
  }

  get #family(): Family | undefined {
    return this.#has('4') ? 4 : this.#has('6') ? 6 : undefined;
  }

  get #wait(): number | undefined {
    const value = valueOf(this.#parsed, 'w');
    return value === undefined ? undefined : Number(value) * 1000;
  }

  *#reach(host: string, port: number): Running {
    const addresses = yield* resolve(this.#context, host, { flavour: 'glibc', ...(this.#family === undefined ? {} : { family: this.#family }) });
    if (isResolveFailure(addresses))
      return this.#complain(
        `getaddrinfo for host "${host}" port ${port}: ${parseAddress(host) !== undefined ? 'Address family for hostname not supported' : addresses.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}`,
      );
    for (const address of addresses) {
      const label = address === host ? host : `${host} (${address})`;
      const socket = this.#has('u') ? this.#datagramSocket(address, port) : yield* this.#connect(address, port);
      if (isErrno(socket)) {
        if (this.#has('v'))
          this.#complain(
            `connect to ${label} port ${port} (${this.#protocol}) ${socket.code === 'EAGAIN' ? 'timed out: Operation now in progress' : `failed: ${socket.text}`}`,
          );
        continue;
      }
      const fd = this.#context.install(socket, 3);
      if (socket.protocol === 'udp' && (this.#has('z') || this.#has('v')) && !(yield* this.#udpTest(socket as DatagramSocket))) return 1;
      if (this.#has('v'))
        this.#context.err(
          `Connection to ${label} ${port} port [${this.#protocol}/${this.#services.get(`${port}/${this.#protocol}`) ?? '*'}] succeeded!\n`,
        );
      if (!this.#has('z')) yield* this.#talk(socket);
      this.#context.close(fd);
      return 0;
    }
    return 1;
  }

  *#connect(address: string, port: number): Blocking<TcpSocket | Errno> {
    const wait = this.#wait;
    const source = valueOf(this.#parsed, 's');
    const own = valueOf(this.#parsed, 'p');
    return yield* connect(
      this.#context,
      { address, port },
      {
        ...(wait === undefined ? {} : { deadline: this.#context.simulation.now + wait }),
        ...(source === undefined ? {} : { source }),
        ...(own === undefined ? {} : { sourcePort: Number(own) }),
      },
    );
  }

  #datagramSocket(address: string, port: number): DatagramSocket | Errno {
    const socket = openUdp(this.#context, { family: familyOf(address) });
    if (isErrno(socket)) return socket;
    const way = this.#context.process.namespaces.net.lookup(address);
    if (isErrno(way)) return way;
    socket.peerAddress = address;
    socket.peerPort = port;
    return socket;
  }

  /** Four letters X: whoever is not there says so. */
  *#udpTest(socket: DatagramSocket): Blocking<boolean> {
    for (let round = 0; round < 4; round++) {
      if (socket.write('X')) return false;
      yield* this.#context.sleep(round === 0 ? 250 : 1000);
      if (isErrno(socket.read())) return false;
    }
    return true;
  }

  *#listen(host: string | undefined, port: number): Running {
    const context = this.#context;
    const address = host ?? (this.#has('6') ? '::' : '0.0.0.0');
    const resolved = yield* resolve(context, address, { flavour: 'glibc' });
    if (isResolveFailure(resolved)) return this.#complain('getaddrinfo: Name or service not known');
    const [bound = address] = resolved;
    const socket = this.#has('u')
      ? openUdp(context, { address: bound, port })
      : listen(context, { address: bound, port, backlog: 1, v6only: this.#has('6') });
    if (isErrno(socket)) return this.#complain(socket.text);
    context.install(socket, 3);
    const names = new HostNames(context);
    const nameOf = function* (each: string, numeric: boolean): Blocking<string> {
      return (numeric ? undefined : yield* names.nameOf(each)) ?? each;
    };
    if (this.#has('v')) context.err(`${this.#has('u') ? 'Bound' : 'Listening'} on ${yield* nameOf(bound, this.#has('n'))} ${socket.localPort}\n`);
    for (;;) {
      if (socket.protocol === 'udp') {
        const first = yield* firstDatagram(context, socket as DatagramSocket);
        if (first === undefined) return 1;
        context.out(first);
        yield* this.#talk(socket as DatagramSocket);
        return 0;
      }
      const peer = yield* accept(context, socket as TcpSocket);
      if (isErrno(peer)) {
        if (peer.code === 'EINTR') continue;
        return this.#complain(`accept: ${peer.text}`);
      }
      const fd = context.install(peer, 3);
      if (this.#has('v')) context.err(`Connection received on ${yield* nameOf(peer.peerAddress, this.#has('n'))} ${peer.peerPort}\n`);
      if (!this.#has('k')) context.close(3);
      yield* this.#talk(peer);
      if (!this.#has('k')) return 0;
      context.close(fd);
    }
  }

  *#talk(socket: TcpSocket | DatagramSocket): Blocking<void> {
    const quit = valueOf(this.#parsed, 'q');
    const atInputEnd = this.#has('N') ? 'shutdown' : quit !== undefined && Number(quit) >= 0 ? Number(quit) * 1000 : 'stay';
    const translate = this.#has('C') ? { translate: (text: string): string => text.replaceAll('\n', '\r\n') } : {};
    yield* relay(this.#context, { socket, input: !this.#has('d'), atInputEnd, idle: this.#wait, ...translate });
  }
}

export const command: Command = {
  name: 'nc',
  suite: 'netcat',
  summary: { zh: '接通一条 TCP/UDP 连接', en: 'Open one TCP or UDP connection' },
  options: ['-4', '-6', '-C', '-N', '-d', '-k', '-l', '-n', '-p', '-q', '-s', '-u', '-v', '-w', '-z'],
  *run(context): Running {
    const parsed = parseOptions(context.args, { short: SHORT });
    if (parsed.kind === 'mistake') {
      // It knows no long options: getopt(3) reads the second dash as a letter.
      context.err(`nc: ${parsed.message.replace(/^unrecognized option '--.*/, "invalid option -- '-'")}\n${NC_USAGE}`);
      return 1;
    }
    return yield* new Netcat(context, parsed).run();
  },
};
