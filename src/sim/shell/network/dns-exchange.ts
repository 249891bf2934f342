/** Exchanges of DNS messages as bind's tools make them: servers in turn, several tries, and what is said about those that fail. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import { familyOf, parseAddress } from '../../linux/net/address.ts';
import { decodeAnswer, encodeQuery, type DnsAnswer, type DnsType } from '../../linux/net/dns-message.ts';
import { isResolveFailure, parseResolvConf, readFile, resolve } from '../../linux/net/resolver.ts';
import { abandon, openUdp, receive } from '../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { bytesOfAnswer } from './dns-size.ts';

export const DNS_TYPES: readonly DnsType[] = ['A', 'AAAA', 'PTR', 'SRV', 'CNAME', 'NS', 'SOA', 'MX', 'TXT', 'ANY'];

export interface DnsServers {
  /** As given; the configured ones as addresses. */
  readonly servers: readonly { readonly name: string; readonly address: string }[];
  readonly search: readonly string[];
  readonly ndots: number;
}

export interface DnsReply {
  readonly answer: DnsAnswer;
  readonly server: string;
  readonly milliseconds: number;
  readonly bytes: number;
}

/** What resolv.conf says, or the one server that was named. @returns undefined when that has no address */
export function* dnsServers(context: ProcessContext, named: string | undefined): Blocking<DnsServers | undefined> {
  const config = parseResolvConf(yield* readFile(context, '/etc/resolv.conf'));
  if (named === undefined)
    return { servers: config.servers.map((address) => ({ name: address, address })), search: config.search, ndots: config.ndots };
  const found = parseAddress(named) === undefined ? yield* resolve(context, named, { flavour: 'glibc' }) : [parseAddress(named) ?? ''];
  if (isResolveFailure(found)) return undefined;
  return { servers: found.map((address) => ({ name: named, address })), search: config.search, ndots: config.ndots };
}

/** The names that bind's tools ask for, in order (bin/dig/dighost.c). */
export function searchedNames(name: string, servers: DnsServers): readonly string[] {
  const bare = name.replace(/\.$/, '');
  if (name.endsWith('.') || bare.split('.').length - 1 >= servers.ndots) return [bare];
  return [...servers.search.map((domain) => `${bare}.${domain.replace(/\.$/, '')}`), bare];
}

type Try =
  | { readonly kind: 'reply'; readonly reply: DnsReply }
  | { readonly kind: 'silent'; readonly words: string }
  | { readonly kind: 'unsent'; readonly error: Errno };

export interface DnsQuestion {
  readonly name: string;
  readonly type: DnsType;
  readonly port: number;
  /** Per server. */
  readonly tries: number;
  /** Milliseconds per try. */
  readonly timeout: number;
}

/** Asks until a server answers; every failure is told to `say`. @returns undefined when nobody did */
export function* askServers(
  context: ProcessContext,
  question: DnsQuestion,
  use: { readonly servers: DnsServers; readonly say: (line: string) => void },
): Blocking<DnsReply | undefined> {
  for (const { address } of use.servers.servers) {
    for (let count = 0; count < question.tries; count++) {
      const result = yield* once(context, question, address);
      if (result.kind === 'reply') return result.reply;
      if (result.kind === 'unsent') {
        use.say(
          `;; UDP setup with ${address}#${question.port}(${address}) for ${question.name} failed: ${result.error.text.toLowerCase().replace('network is', 'network')}.\n`,
        );
        break;
      }
      use.say(`;; communications error to ${address}#${question.port}: ${result.words}\n`);
    }
  }
  return undefined;
}

function* once(context: ProcessContext, question: DnsQuestion, server: string): Blocking<Try> {
  const socket = openUdp(context, { family: familyOf(server) });
  if (isErrno(socket)) return { kind: 'unsent', error: socket };
  const { simulation } = context;
  const startedAt = simulation.now;
  const id = simulation.random.integer(1, 65_535);
  try {
    const failed = socket.sendTo(server, question.port, encodeQuery({ id, name: question.name, type: question.type }));
    if (failed) return { kind: 'unsent', error: failed };
    for (;;) {
      const arrival = yield* receive(context, socket, startedAt + question.timeout);
      if (isErrno(arrival)) return { kind: 'silent', words: 'timed out' };
      if (arrival.kind === 'error')
        return { kind: 'silent', words: arrival.reason === 'port-unreachable' ? 'connection refused' : 'host unreachable' };
      if (arrival.kind !== 'datagram') continue;
      const answer = decodeAnswer(arrival.text);
      if (answer?.id === id)
        return { kind: 'reply', reply: { answer, server, milliseconds: Math.round(simulation.now - startedAt), bytes: bytesOfAnswer(answer) } };
    }
  } finally {
    abandon(socket);
  }
}
