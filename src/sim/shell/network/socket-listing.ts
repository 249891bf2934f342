/** What both netstats list: which sockets the options ask for, and their ends as text. The layouts differ and stand with them. */
import type { SocketEntry } from '../../linux/net/socket/socket.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { HostNames, readServices } from './name-service.ts';

export interface SocketWishes {
  readonly listening: boolean;
  readonly all: boolean;
  readonly tcp: boolean;
  readonly udp: boolean;
  readonly families: readonly (4 | 6)[];
}

/** In the order of the files below /proc/net that netstat reads: tcp, tcp6, udp, udp6. */
export function wantedSockets(context: ProcessContext, wishes: SocketWishes): readonly SocketEntry[] {
  const entries = context.process.namespaces.net.sockets.list();
  const found: SocketEntry[] = [];
  for (const protocol of ['tcp', 'udp'] as const) {
    if (!wishes[protocol]) continue;
    for (const family of wishes.families) {
      for (const entry of entries) {
        if (entry.protocol !== protocol || entry.family !== family) continue;
        const waiting = entry.peerPort === 0;
        if (wishes.all || waiting === wishes.listening) found.push(entry);
      }
    }
  }
  return found;
}

/** Turns addresses and ports of socket lines into text. */
export class EndNames {
  readonly #hosts: HostNames | undefined;
  readonly #services: ReadonlyMap<string, string>;

  constructor(hosts: HostNames | undefined, services: ReadonlyMap<string, string>) {
    this.#hosts = hosts;
    this.#services = services;
  }

  /** `undefined` where there is no name (or names are not wanted). */
  *host(address: string): Blocking<string | undefined> {
    return this.#hosts && (yield* this.#hosts.nameOf(address));
  }

  port(port: number, protocol: string): string {
    return port === 0 ? '*' : (this.#services.get(`${port}/${protocol}`) ?? String(port));
  }
}

/** @param numeric `-n` */
export function* endNames(context: ProcessContext, numeric: boolean): Blocking<EndNames> {
  return new EndNames(numeric ? undefined : new HostNames(context), numeric ? new Map<string, string>() : yield* readServices(context));
}
