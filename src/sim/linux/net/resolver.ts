/**
 * The stub resolver of C libraries: /etc/hosts, /etc/resolv.conf, search lists, and queries over UDP. Two flavours,
 * `glibc` (resolv/res_query.c, nodes) and `musl` (src/network/lookup_name.c, Alpine); they differ in when the search list is used.
 */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Blocking, ProcessContext } from '../process/process-context.ts';
import { familyOf, parseAddress, type Family } from './address.ts';
import { decodeAnswer, encodeQuery, type DnsAnswer, type DnsType } from './dns-message.ts';
import { abandon, openUdp, receive } from './socket-calls.ts';

export interface ResolverConfig {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly attempts: number;
  /** Milliseconds per attempt. */
  readonly timeout: number;
}

export type ResolverFlavour = 'glibc' | 'musl';

/** What getaddrinfo(3) says: EAI_NONAME, EAI_AGAIN. */
export interface ResolveFailure {
  readonly kind: 'resolve-failure';
  readonly code: 'EAI_NONAME' | 'EAI_AGAIN';
}

/** Reads resolv.conf(5); without servers the own machine is asked. */
export function parseResolvConf(text: string): ResolverConfig {
  const servers: string[] = [];
  let search: readonly string[] = [];
  let ndots = 1;
  let attempts = 2;
  let timeout = 5_000;
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && words[0] !== undefined) servers.push(words[0]);
    else if (keyword === 'search' || keyword === 'domain') search = words;
    else if (keyword === 'options') {
      for (const word of words) {
        const [name, value] = word.split(':');
        if (name === 'ndots') ndots = Math.min(15, Number(value));
        else if (name === 'attempts') attempts = Number(value);
        else if (name === 'timeout') timeout = Number(value) * 1000;
      }
    }
  }
  return {
    servers: servers.length > 0 ? servers.slice(0, 3) : ['127.0.0.1'],
    search,
    ndots,
    attempts,
    timeout,
  };
}

/** Addresses of `name` in the text of /etc/hosts. */
export function lookupHosts(text: string, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const [address, ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    const canonical = address === undefined ? undefined : parseAddress(address);
    if (canonical !== undefined && names.some((each) => each.toLowerCase() === wanted)) found.push(canonical);
  }
  return found;
}

/** The first name of `address` in the text of /etc/hosts. */
export function reverseHosts(text: string, address: string): string | undefined {
  for (const line of text.split('\n')) {
    const [first, name] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    if (first !== undefined && name !== undefined && parseAddress(first) === address) return name;
  }
  return undefined;
}

/** The names that are asked for, in order. */
export function candidates(name: string, config: ResolverConfig, flavour: ResolverFlavour): readonly string[] {
  const bare = name.replace(/\.$/, '');
  if (name.endsWith('.')) return [bare];
  const searched = config.search.map((domain) => `${bare}.${domain.replace(/\.$/, '')}`);
  const dots = bare.split('.').length - 1;
  if (dots >= config.ndots) return flavour === 'musl' ? [bare] : [bare, ...searched];
  return [...searched, bare];
}

/** The whole text of a small file as the process sees it; '' when it cannot be read. */
export function* readFile(context: ProcessContext, path: string): Blocking<string> {
  const fd = context.open(path, { read: true });
  if (isErrno(fd)) return '';
  const text = yield* context.readAll(fd);
  context.close(fd);
  return isErrno(text) ? '' : text;
}

/**
 * Asks one server once.
 * @returns the answer, EAGAIN when none came in time, ECONNREFUSED when nobody listens there, or why the query could not be sent
 */
export function* query(
  context: ProcessContext,
  request: {
    readonly server: string;
    readonly port?: number;
    readonly name: string;
    readonly type: DnsType;
    readonly timeout: number;
  },
): Blocking<DnsAnswer | Errno> {
  const socket = openUdp(context, { family: familyOf(request.server) });
  if (isErrno(socket)) return socket;
  const id = context.simulation.random.integer(1, 65_535);
  const deadline = context.simulation.now + request.timeout;
  const failed = socket.sendTo(request.server, request.port ?? 53, encodeQuery({ id, name: request.name, type: request.type }));
  try {
    if (failed) return failed;
    for (;;) {
      const arrival = yield* receive(context, socket, deadline);
      if (isErrno(arrival)) return arrival;
      if (arrival.kind === 'error') return errno(arrival.reason === 'port-unreachable' ? 'ECONNREFUSED' : 'EHOSTUNREACH');
      if (arrival.kind !== 'datagram') continue;
      const answer = decodeAnswer(arrival.text);
      if (answer?.id === id) return answer;
    }
  } finally {
    abandon(socket);
  }
}

/** Asks the configured servers in turn, as often as the configuration says. @returns undefined when nobody gave a useful answer */
export function* ask(
  context: ProcessContext,
  config: ResolverConfig,
  question: { readonly name: string; readonly type: DnsType },
): Blocking<DnsAnswer | undefined> {
  for (let attempt = 0; attempt < config.attempts; attempt++) {
    for (const server of config.servers) {
      const answer = yield* query(context, { server, ...question, timeout: config.timeout });
      if (!isErrno(answer) && (answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN')) return answer;
    }
  }
  return undefined;
}

/**
 * getaddrinfo(3): the addresses of a name or of an address written as such, in the order in which they should be tried.
 * @returns at least one address, or why there is none
 */
export function* resolve(
  context: ProcessContext,
  name: string,
  options: { readonly flavour: ResolverFlavour; readonly family?: Family },
): Blocking<readonly string[] | ResolveFailure> {
  const wanted = (address: string): boolean => options.family === undefined || familyOf(address) === options.family;
  const literal = parseAddress(name);
  if (literal !== undefined) return wanted(literal) ? [literal] : { kind: 'resolve-failure', code: 'EAI_NONAME' };
  const hosts = lookupHosts(yield* readFile(context, '/etc/hosts'), name).filter(wanted);
  // RFC 6724 as both libraries sort: ::1 before 127.0.0.1.
  if (hosts.length > 0) return [...new Set(hosts)].sort((a, b) => familyOf(b) - familyOf(a));
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) return { kind: 'resolve-failure', code: 'EAI_NONAME' };
  const config = parseResolvConf(yield* readFile(context, '/etc/resolv.conf'));
  let silent = false;
  for (const candidate of candidates(name, config, options.flavour)) {
    const addresses: string[] = [];
    for (const type of ['AAAA', 'A'] as const) {
      if (options.family !== undefined && options.family !== (type === 'A' ? 4 : 6)) continue;
      const answer = yield* ask(context, config, { name: candidate, type });
      if (!answer) {
        silent = true;
        break;
      }
      for (const record of answer.records) if (record.type === type) addresses.push(record.data);
    }
    if (addresses.length > 0) return addresses;
    if (silent) break;
  }
  return { kind: 'resolve-failure', code: silent ? 'EAI_AGAIN' : 'EAI_NONAME' };
}

export function isResolveFailure(value: unknown): value is ResolveFailure {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'resolve-failure';
}
