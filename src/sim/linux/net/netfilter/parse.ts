/** Reads the words of an iptables command after the chain into a Rule, as format.ts prints them and as people abbreviate them. */
import { networkOf, parseCidr } from '../address.ts';
import { parseBits, TARGET_OPTIONS, TARGET_SWITCHES, targetNamed, targetWith } from './parse-target.ts';
import type { ConnectionState, Match, PortRange, Rule, Target } from './rule.ts';

/** Why a rule cannot be read; iptables has one sentence for each. */
export type RuleProblem =
  | {
      readonly kind: 'unknown-option' | 'unknown-match' | 'bad-host' | 'bad-port' | 'bad-protocol' | 'missing-value';
      readonly word: string;
    }
  | { readonly kind: 'port-without-protocol'; readonly word: string };

type MutableRule = { matches: Match[]; target: Target };

const CONNECTION_STATES: readonly ConnectionState[] = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED', 'SNAT', 'DNAT'];
const MATCH_NAMES = new Set([
  'comment',
  'mark',
  'addrtype',
  'statistic',
  'multiport',
  'tcp',
  'udp',
  'sctp',
  'icmp',
  'conntrack',
  'state',
  'recent',
  'nfacct',
]);
const PROTOCOLS: Readonly<Record<string, string>> = {
  '0': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '132': 'sctp',
};
const SERVICES: Readonly<Record<string, number>> = { ssh: 22, domain: 53, http: 80, https: 443 };

class RuleReader {
  readonly #words: readonly string[];
  #at = 0;
  #negated = false;
  #problem: RuleProblem | undefined;
  #protocol: string | undefined;
  #recent: { action: 'set' | 'rcheck'; name: string; seconds?: number; reap?: boolean } | undefined;
  readonly #rule: MutableRule = { matches: [], target: { kind: 'none' } };

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  read(): Rule | RuleProblem {
    while (this.#at < this.#words.length && !this.#problem) {
      const word = this.#words[this.#at++] ?? '';
      if (word === '!') {
        this.#negated = true;
        continue;
      }
      this.#option(word);
      this.#negated = false;
    }
    return this.#problem ?? this.#rule;
  }

  #value(): string {
    if (this.#words[this.#at] === '!') {
      this.#negated = true;
      this.#at++;
    }
    const value = this.#words[this.#at++];
    if (value === undefined) this.#problem ??= { kind: 'missing-value', word: this.#words.at(-1) ?? '' };
    return value ?? '';
  }

  #add(match: Match): void {
    this.#rule.matches.push(match);
  }

  get #not(): { negated?: true } {
    return this.#negated ? { negated: true } : {};
  }

  #option(word: string): void {
    switch (word) {
      case '-s':
      case '--source':
      case '--src':
        this.#address('source');
        return;
      case '-d':
      case '--destination':
      case '--dst':
        this.#address('destination');
        return;
      case '-i':
      case '--in-interface':
        this.#device('in-interface');
        return;
      case '-o':
      case '--out-interface':
        this.#device('out-interface');
        return;
      case '-p':
      case '--protocol':
        this.#readProtocol();
        return;
      case '-m':
      case '--match':
        this.#module(this.#value());
        return;
      case '-j':
      case '--jump':
        this.#rule.target = targetNamed(this.#value());
        return;
      case '-g':
      case '--goto':
        this.#rule.target = { kind: 'goto', chain: this.#value() };
        return;
      default:
        this.#extension(word);
    }
  }

  #address(kind: 'source' | 'destination'): void {
    const text = this.#value();
    const cidr = parseCidr(text);
    if (!cidr) this.#problem = { kind: 'bad-host', word: text };
    else if (cidr.prefix > 0) this.#add({ kind, ...this.#not, cidr: networkOf(cidr) });
  }

  #device(kind: 'in-interface' | 'out-interface'): void {
    const name = this.#value();
    this.#add({ kind, ...this.#not, name });
  }

  #readProtocol(): void {
    const text = this.#value().toLowerCase();
    const protocol = PROTOCOLS[text] ?? text;
    if (!/^(all|tcp|udp|sctp|icmp|esp|ah|udplite|\d+)$/.test(protocol)) this.#problem = { kind: 'bad-protocol', word: text };
    else if (protocol !== 'all') this.#add({ kind: 'protocol', ...this.#not, protocol });
    this.#protocol = protocol;
  }

  #module(name: string): void {
    if (!MATCH_NAMES.has(name)) this.#problem = { kind: 'unknown-match', word: name };
    else if ((name === 'tcp' || name === 'udp' || name === 'sctp') && !this.#transport(name)) this.#add({ kind: 'transport', protocol: name });
  }

  #transport(protocol: string): (Match & { readonly kind: 'transport' }) | undefined {
    return this.#rule.matches.find((each): each is Match & { readonly kind: 'transport' } => each.kind === 'transport' && each.protocol === protocol);
  }

  #extension(word: string): void {
    switch (word) {
      case '--sport':
      case '--source-port':
        this.#port('source', word);
        return;
      case '--dport':
      case '--destination-port':
        this.#port('destination', word);
        return;
      case '--dports':
      case '--destination-ports':
        this.#ports('dports');
        return;
      case '--sports':
      case '--source-ports':
        this.#ports('sports');
        return;
      case '--ports':
        this.#ports('ports');
        return;
      case '--comment':
        this.#add({ kind: 'comment', text: this.#value() });
        return;
      case '--mark': {
        const [value, mask] = this.#bits();
        this.#add({ kind: 'mark', ...this.#not, value, mask });
        return;
      }
      case '--dst-type':
      case '--src-type': {
        const type = this.#value().toUpperCase();
        this.#add({ kind: 'addrtype', side: word === '--dst-type' ? 'dst' : 'src', ...this.#not, type });
        return;
      }
      case '--mode':
        this.#value();
        return;
      case '--probability':
        this.#add({
          kind: 'statistic',
          probability: (Math.round(Number(this.#value()) * 0x80000000) / 0x80000000).toFixed(11),
        });
        return;
      case '--ctstate':
      case '--state': {
        const wanted = this.#value().toUpperCase().split(',');
        const states = CONNECTION_STATES.filter((each) => wanted.includes(each));
        this.#add({
          kind: 'conntrack',
          ...this.#not,
          states: [...states].sort((a, b) => PRINT_ORDER.indexOf(a) - PRINT_ORDER.indexOf(b)),
          ...(word === '--state' ? { short: true } : {}),
        });
        return;
      }
      case '--icmp-type':
        this.#add({
          kind: 'icmp',
          type: ICMP_TYPES[this.#words[this.#at] ?? ''] ?? this.#words[this.#at] ?? '',
        });
        this.#value();
        return;
      case '--set':
      case '--rcheck':
        this.#recent = { action: word === '--set' ? 'set' : 'rcheck', name: this.#recent?.name ?? 'DEFAULT' };
        this.#updateRecent();
        return;
      case '--name':
        this.#recent = { ...(this.#recent ?? { action: 'set' as const }), name: this.#value() };
        this.#updateRecent();
        return;
      case '--seconds':
        this.#recent = {
          ...(this.#recent ?? { action: 'rcheck' as const, name: 'DEFAULT' }),
          seconds: Number(this.#value()),
        };
        this.#updateRecent();
        return;
      case '--reap':
        this.#recent = { ...(this.#recent ?? { action: 'rcheck' as const, name: 'DEFAULT' }), reap: true };
        this.#updateRecent();
        return;
      case '--rsource':
        return;
      default:
        this.#targetOption(word);
    }
  }

  #updateRecent(): void {
    if (!this.#recent) return;
    const at = this.#rule.matches.findIndex((each) => each.kind === 'recent');
    const match: Match = { kind: 'recent', ...this.#recent };
    if (at < 0) this.#add(match);
    else this.#rule.matches[at] = match;
  }

  #port(side: 'source' | 'destination', word: string): void {
    const text = this.#value();
    const range = portRange(text);
    const protocol = this.#protocol;
    if (!range) this.#problem = { kind: 'bad-port', word: text };
    else if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') this.#problem = { kind: 'port-without-protocol', word };
    else {
      const full: PortRange = { ...this.#not, low: range[0], high: range[1] };
      const present = this.#transport(protocol);
      const next: Match = { ...(present ?? { kind: 'transport', protocol }), [side]: full };
      if (present) this.#rule.matches[this.#rule.matches.indexOf(present)] = next;
      else this.#add(next);
    }
  }

  #ports(side: 'dports' | 'sports' | 'ports'): void {
    const text = this.#value();
    const ranges = text.split(',').map(portRange);
    const ports = ranges.filter((each): each is readonly [number, number] => each !== undefined);
    if (ports.length < ranges.length) this.#problem = { kind: 'bad-port', word: text };
    else this.#add({ kind: 'multiport', side, ...this.#not, ports });
  }

  #targetOption(word: string): void {
    if (TARGET_SWITCHES.has(word)) this.#rule.target = targetWith(word, '');
    else if (TARGET_OPTIONS.has(word)) this.#rule.target = targetWith(word, this.#value());
    else this.#problem = { kind: 'unknown-option', word };
  }

  #bits(): readonly [number, number] {
    return parseBits(this.#value());
  }
}

const PRINT_ORDER: readonly ConnectionState[] = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const ICMP_TYPES: Readonly<Record<string, string>> = {
  'echo-request': '8',
  ping: '8',
  'echo-reply': '0',
  pong: '0',
  'destination-unreachable': '3',
  'time-exceeded': '11',
};

function portRange(text: string): readonly [number, number] | undefined {
  const [low = '', high] = text.split(':');
  const number = (word: string, fallback: number): number =>
    word === '' ? fallback : (SERVICES[word] ?? (/^\d+$/.test(word) ? Number(word) : Number.NaN));
  const from = number(low, high === undefined ? Number.NaN : 0);
  const to = high === undefined ? from : number(high, 65_535);
  return from >= 0 && to <= 65_535 && from <= to ? [from, to] : undefined;
}

/** @returns the rule, or the first thing that cannot be read (tell them apart by `'matches' in result`) */
export function parseRule(words: readonly string[]): Rule | RuleProblem {
  return new RuleReader(words).read();
}
