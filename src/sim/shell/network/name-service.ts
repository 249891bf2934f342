/** Numbers into names, as tools show them without `-n`: ports from /etc/services, addresses from /etc/hosts and DNS. */
import { isErrno } from '../../linux/errno.ts';
import { isAny, ipv4Bits, ipv6Bits } from '../../linux/net/address.ts';
import { ask, parseResolvConf, readFile, reverseHosts } from '../../linux/net/resolver.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

/** getservbyport(3): names by `port/protocol`. */
export function* readServices(context: ProcessContext): Blocking<ReadonlyMap<string, string>> {
  const text = yield* context.readFile('/etc/services');
  const services = new Map<string, string>();
  if (isErrno(text)) return services;
  for (const line of text.split('\n')) {
    const [name, port] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    if (name !== undefined && port !== undefined && !services.has(port)) services.set(port, name);
  }
  return services;
}

/** The name under which DNS asks for an address. */
export function reverseName(address: string): string {
  if (ipv4Bits(address) !== undefined) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const digits = (ipv6Bits(address) ?? 0n).toString(16).padStart(32, '0');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

/** getnameinfo(3) with a memory: one instance per run of a program. */
export class HostNames {
  readonly #context: ProcessContext;
  readonly #nameByAddress = new Map<string, string | undefined>();

  constructor(context: ProcessContext) {
    this.#context = context;
  }

  /** @returns undefined when the address has no name */
  *nameOf(address: string): Blocking<string | undefined> {
    if (isAny(address)) return undefined;
    if (this.#nameByAddress.has(address)) return this.#nameByAddress.get(address);
    const name = reverseHosts(yield* readFile(this.#context, '/etc/hosts'), address) ?? (yield* this.#fromDns(address));
    this.#nameByAddress.set(address, name);
    return name;
  }

  *#fromDns(address: string): Blocking<string | undefined> {
    const config = parseResolvConf(yield* readFile(this.#context, '/etc/resolv.conf'));
    const answer = yield* ask(this.#context, config, { name: reverseName(address), type: 'PTR' });
    return answer?.records.find((record) => record.type === 'PTR')?.data.replace(/\.$/, '');
  }
}
