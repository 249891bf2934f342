/** CoreDNS: answers for the cluster's names itself and forwards the rest to its own resolv.conf, as kubeadm's Corefile tells it to. */
import { clusterOf } from '../../../kube/cluster.ts';
import { isErrno } from '../../../linux/errno.ts';
import { decodeAnswer, decodeQuery, encodeAnswer, encodeQuery, type DnsAnswer, type DnsQuery } from '../../../linux/net/dns-message.ts';
import { parseResolvConf } from '../../../linux/net/resolver.ts';
import type { Arrival, DatagramSocket } from '../../../linux/net/socket/datagram-socket.ts';
import { openUdp } from '../../../linux/net/socket-calls.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { endOn, notFound, openPort, pathOf, takeShape, text } from '../../daemon/daemon.ts';
import { plainHandler, serveHttp } from '../../daemon/http-server.ts';
import type { Command } from '../../command.ts';
import { answerFromCluster } from './cluster-zone.ts';

type Datagram = Extract<Arrival, { readonly kind: 'datagram' }>;

interface Waiting {
  readonly asker: Datagram;
  readonly id: number;
  /** The answer so far, where only the target of its alias is still looked for. */
  readonly alias?: DnsAnswer;
}

/** Answers on port 53 and speaks to the upstream server from a port of its own. */
class DnsFront {
  readonly #context: ProcessContext;
  readonly #front: DatagramSocket;
  readonly #upstream: DatagramSocket;
  readonly #server: string | undefined;
  readonly #waitingById = new Map<number, Waiting>();
  #nextId = 1;

  constructor(context: ProcessContext, sockets: { readonly front: DatagramSocket; readonly upstream: DatagramSocket }, server: string | undefined) {
    this.#context = context;
    this.#front = sockets.front;
    this.#upstream = sockets.upstream;
    this.#server = server;
  }

  serve(): void {
    const drain = (socket: DatagramSocket, take: (arrival: Datagram) => void): void => {
      const all = (): void => {
        if (this.#context.process.state === 'zombie' || this.#context.process.state === 'dead') return;
        for (let next = socket.take(); next; next = socket.take()) if (next.kind === 'datagram') take(next);
        socket.readable.add(all);
      };
      all();
    };
    drain(this.#front, (arrival) => {
      this.#ask(arrival);
    });
    drain(this.#upstream, (arrival) => {
      this.#relay(arrival);
    });
  }

  #ask(asker: Datagram): void {
    const query = decodeQuery(asker.text);
    if (!query) return;
    const apiServer = clusterOf(this.#context.kernel)?.apiServer;
    const own = apiServer && answerFromCluster(apiServer, query);
    if (own) {
      this.#answer(asker, query, { ...own, ...query });
      return;
    }
    if (this.#server === undefined) {
      this.#front.sendTo(
        asker.address,
        asker.port,
        encodeAnswer({ ...query, rcode: 'SERVFAIL', authoritative: false, recursionAvailable: false, records: [], authority: [] }),
      );
      return;
    }
    const id = this.#nextId++;
    this.#waitingById.set(id, { asker, id: query.id });
    this.#upstream.sendTo(this.#server, 53, encodeQuery({ ...query, id }));
  }

  /** Sends the cluster's own answer; the addresses of an alias are added (coredns plugin/pkg/upstream). */
  #answer(asker: Datagram, query: DnsQuery, own: DnsAnswer): void {
    const last = own.records.at(-1);
    const apiServer = clusterOf(this.#context.kernel)?.apiServer;
    if (last?.type !== 'CNAME' || (query.type !== 'A' && query.type !== 'AAAA') || apiServer === undefined) {
      this.#front.sendTo(asker.address, asker.port, encodeAnswer(own));
      return;
    }
    const target = { ...query, name: last.data.replace(/\.$/, '') };
    const inside = answerFromCluster(apiServer, target);
    if (inside !== undefined || this.#server === undefined) {
      this.#front.sendTo(asker.address, asker.port, encodeAnswer({ ...own, records: [...own.records, ...(inside?.records ?? [])] }));
      return;
    }
    const id = this.#nextId++;
    this.#waitingById.set(id, { asker, id: query.id, alias: own });
    this.#upstream.sendTo(this.#server, 53, encodeQuery({ ...target, id }));
  }

  #relay(arrival: Datagram): void {
    const answer = decodeAnswer(arrival.text);
    const waiting = answer && this.#waitingById.get(answer.id);
    if (!waiting) return;
    this.#waitingById.delete(answer.id);
    const { asker, alias, id } = waiting;
    const whole = alias === undefined ? { ...answer, id } : { ...alias, records: [...alias.records, ...answer.records] };
    this.#front.sendTo(asker.address, asker.port, encodeAnswer(whole));
  }
}

export const command: Command = {
  name: 'coredns',
  suite: 'system',
  summary: { zh: '集群 DNS', en: 'The cluster’s DNS server' },
  *run(context): Running {
    takeShape(context, { threads: 10, memory: { virtual: 1_320_000, resident: 60_000 } });
    endOn(context, ['SIGTERM', 'SIGINT'], 0);
    const resolv = yield* context.readFile('/etc/resolv.conf');
    const server = isErrno(resolv) ? undefined : parseResolvConf(resolv).servers[0];
    const front = openUdp(context, { address: '::', port: 53 });
    const upstream = openUdp(context);
    if (isErrno(front) || isErrno(upstream)) {
      context.err('Listen: listen udp :53: bind: permission denied\n');
      return 1;
    }
    context.install(front, 12);
    context.install(upstream, 20);
    const ports = [53, 8080, 8181, 9153].map((port) => openPort(context, { address: '::', port, descriptor: 10 }));
    const listeners = ports.filter((port) => port !== undefined);
    if (listeners.length < ports.length) return 1;
    new DnsFront(context, { front, upstream }, server).serve();
    return yield* serveHttp(context, {
      listeners,
      style: 'go',
      handle: plainHandler((request, listener) => {
        if (listener.localPort === 8080 && pathOf(request) === '/health') return text(200, 'OK');
        if (listener.localPort === 8181 && pathOf(request) === '/ready') return text(200, 'OK');
        return notFound();
      }),
    });
  },
};
