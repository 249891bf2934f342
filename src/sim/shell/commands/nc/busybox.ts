/** nc of BusyBox 1.37 with default settings (networking/nc_bloaty.c, after Hobbit's nc 1.10): one connection in or out. */
import { errno, isErrno, type Errno } from '../../../linux/errno.ts';
import { familyOf } from '../../../linux/net/address.ts';
import type { DatagramSocket } from '../../../linux/net/socket/datagram-socket.ts';
import type { TcpSocket } from '../../../linux/net/socket/tcp-socket.ts';
import { accept, connect, listen, openUdp } from '../../../linux/net/socket-calls.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { readServices } from '../../network/name-service.ts';
import { firstDatagram, relay } from '../../network/relay.ts';
import { busyboxMistake } from '../../options/busybox-usage.ts';
import { parseOptions } from '../../options/parse-options.ts';
import { findOnPath } from '../../tool/run-program.ts';
import { defineTool, ToolCall, type ToolDescription } from '../../tool/tool.ts';

const USAGE = `nc [OPTIONS] HOST PORT  - connect
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen

\t-e PROG\tRun PROG after connect (must be last)
\t-l\tListen mode, for inbound connects
\t-lk\tWith -e, provides persistent server
\t-p PORT\tLocal port
\t-s ADDR\tLocal address
\t-w SEC\tTimeout for connects and final net reads
\t-i SEC\tDelay interval for lines sent
\t-n\tDon't do DNS resolution
\t-u\tUDP mode
\t-b\tAllow broadcasts
\t-v\tVerbose
\t-o FILE\tHex dump traffic
\t-z\tZero-I/O mode (scanning)`;

interface Target {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly localPort: number;
}

function ended(address: string, port: number, mapped = false): string {
  if (mapped && familyOf(address) === 4) return `[::ffff:${address}]:${port}`;
  return familyOf(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

class Netcat {
  readonly #call: ToolCall;
  /** The words of -e, which ends the options. */
  readonly #program: readonly string[];

  constructor(call: ToolCall, program: readonly string[]) {
    this.#call = call;
    this.#program = program;
  }

  *run(): Running {
    const call = this.#call;
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM'] as const)
      call.context.handle(signal, () => {
        // nc_bloaty.c catch(): says so and dies of the same signal.
        call.context.err('punt!\n');
        call.context.handle(signal, 'default');
        call.context.kill(call.context.pid, signal);
      });
    const wait = call.value('w');
    if (wait !== undefined && !/^\d+$/.test(wait)) return call.complain(`invalid number '${wait}'`);
    const local = call.value('p');
    const localPort = local === undefined ? 0 : yield* this.#port(local);
    if (localPort === undefined) return call.complain(`bad local port '${local ?? ''}'`);
    const [host, portWord] = call.operands;
    if (call.has('l')) return yield* this.#listen(localPort);
    if (host === undefined) return call.misuse(undefined);
    const address = yield* busyboxAddress(call.context, host);
    if (address === undefined) return call.complain(`bad address '${host}'`);
    if (portWord === undefined) return 1;
    const port = yield* this.#port(portWord);
    if (port === undefined) return call.complain(`bad port '${portWord}'`);
    const target = { host, address, port, localPort };
    return call.has('u') ? yield* this.#datagrams(target) : yield* this.#connect(target);
  }

  *#connect(target: Target): Running {
    const { context } = this.#call;
    const wait = this.#wait;
    const source = this.#call.value('s');
    const socket = yield* connect(context, target, {
      ...(wait === undefined ? {} : { deadline: context.simulation.now + wait }),
      ...(source === undefined ? {} : { source }),
      ...(target.localPort === 0 ? {} : { sourcePort: target.localPort }),
    });
    const label = `${target.host} (${ended(target.address, target.port)})`;
    if (isErrno(socket)) return this.#failed(label, socket.code === 'EAGAIN' ? errno('ETIMEDOUT') : socket);
    if (this.#call.has('v')) context.err(`${label} open\n`);
    return yield* this.#talk(socket, context.install(socket, 3));
  }

  *#datagrams(target: Target): Running {
    const { context } = this.#call;
    const socket = openUdp(context, { family: familyOf(target.address), port: target.localPort });
    if (isErrno(socket)) return this.#call.complain(`bind: ${socket.text}`);
    socket.peerAddress = target.address;
    socket.peerPort = target.port;
    const fd = context.install(socket, 3);
    const label = `${target.host} (${ended(target.address, target.port)})`;
    if (this.#call.has('z')) {
      const unsent = socket.write('\n');
      if (unsent) return this.#failed(label, unsent);
      yield* context.sleep(this.#wait ?? 1000);
      const answer = socket.read();
      if (isErrno(answer)) return this.#failed(label, answer);
    }
    if (this.#call.has('v')) context.err(`${label} open\n`);
    return yield* this.#talk(socket, fd);
  }

  *#listen(port: number): Running {
    const { context } = this.#call;
    const address = this.#call.value('s') ?? '::';
    if (this.#call.has('u')) return yield* this.#listenUdp(address, port);
    const listener = listen(context, { address, port, backlog: 1 });
    if (isErrno(listener)) return this.#call.complain(`bind: ${listener.text}`);
    const fd = context.install(listener, 3);
    if (this.#call.has('v')) context.err(`listening on ${ended(address, listener.localPort)} ...\n`);
    const mapped = address === '::';
    const wait = this.#wait;
    for (;;) {
      const socket = yield* accept(context, listener, wait === undefined ? undefined : context.simulation.now + wait);
      if (isErrno(socket) && socket.code === 'EAGAIN') return this.#call.complain('timeout');
      if (isErrno(socket)) return this.#call.complain(`accept: ${socket.text}`);
      if (this.#call.has('v'))
        context.err(
          `connect to ${ended(socket.localAddress, socket.localPort, mapped)} from (null) (${ended(socket.peerAddress, socket.peerPort, mapped)})\n`,
        );
      if (!this.#call.has('k') || this.#program.length === 0) {
        context.close(fd);
        return yield* this.#talk(socket, context.install(socket, 3));
      }
      const path = findOnPath(context, this.#program[0] ?? '');
      socket.retain();
      if (!isErrno(path))
        context.spawn(path, {
          argv: this.#program,
          files: new Map([
            [0, socket],
            [1, socket],
            [fd, undefined],
          ]),
        });
      socket.release();
      while (!isErrno(yield* context.wait(0, { hang: false })));
    }
  }

  *#listenUdp(address: string, port: number): Running {
    const { context } = this.#call;
    const socket = openUdp(context, { address, port });
    if (isErrno(socket)) return this.#call.complain(`bind: ${socket.text}`);
    const fd = context.install(socket, 3);
    if (this.#call.has('v')) context.err(`listening on ${ended(address, socket.localPort)} ...\n`);
    const first = yield* firstDatagram(context, socket);
    if (first === undefined) return 1;
    context.out(first);
    return yield* this.#talk(socket, fd);
  }

  *#talk(socket: TcpSocket | DatagramSocket, fd: number): Running {
    const { context } = this.#call;
    if (this.#call.has('z')) return 0;
    const [name] = this.#program;
    if (name !== undefined) {
      const path = findOnPath(context, name);
      if (isErrno(path)) return this.#call.complain(`can't execute '${name}': ${path.text}`);
      context.duplicate(fd, 0);
      context.duplicate(fd, 1);
      context.close(fd);
      const failed = yield* context.exec(path, this.#program);
      return this.#call.complain(`can't execute '${name}': ${failed.text}`);
    }
    const result = yield* relay(context, { socket, input: true, atInputEnd: 'shutdown', idle: this.#wait, idleAfterInput: true });
    return result === 'failed' ? 1 : 0;
  }

  get #wait(): number | undefined {
    const value = this.#call.value('w');
    return value === undefined ? undefined : Number(value) * 1000;
  }

  /** A refusal is worth no word to a scanner, nor is anything without -v. */
  #failed(label: string, error: Errno): number {
    return this.#call.has('v') && error.code !== 'ECONNREFUSED' ? this.#call.complain(`${label}: ${error.text}`) : 1;
  }

  *#port(word: string): Blocking<number | undefined> {
    if (/^\d+$/.test(word)) return Number(word) <= 65_535 ? Number(word) : undefined;
    const services = yield* readServices(this.#call.context);
    const found = [...services].find(([port, name]) => name === word && port.endsWith('/tcp'));
    return found ? Number.parseInt(found[0], 10) : undefined;
  }
}

/** `-e PROG ARGS` swallows the rest of the line. */
function splitProgram(words: readonly string[]): { readonly before: readonly string[]; readonly program: readonly string[] } {
  const at = words.findIndex((word) => /^-[a-z]*e$/.test(word));
  if (at < 0) return { before: words, program: [] };
  const flags = (words[at] ?? '').slice(0, -1);
  return { before: [...words.slice(0, at), ...(flags === '-' ? [] : [flags])], program: words.slice(at + 1) };
}

const RULES = { short: 'lnp:s:uw:i:o:zbkv' };
const raw = { short: '', raw: true } as const;

const DESCRIPTION: ToolDescription = {
  name: 'nc',
  suite: 'netcat',
  summary: { zh: '接通一条 TCP/UDP 连接', en: 'Open one TCP or UDP connection' },
  usage: USAGE,
  busybox: raw,
  gnu: raw,
  *run({ context }) {
    const { before, program } = splitProgram(context.args);
    const parsed = parseOptions(before, RULES);
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'nc', message: parsed.message, usage: USAGE });
    return yield* new Netcat(new ToolCall(context, { family: 'busybox', parsed, description: DESCRIPTION }), program).run();
  },
};

export const command: Command = { ...defineTool(DESCRIPTION).busybox, options: [...'elkpswinuvbz'].map((each) => `-${each}`) };
