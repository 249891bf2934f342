/** Prints chains as iptables 1.8.9 (nf_tables) does with `-L`, with and without `-n`, `-v` and `--line-numbers`. */
import { cidrText, type Cidr } from '../address.ts';
import { addressAndPort, hex, markText, quoted, rangeText } from './format.ts';
import type { Chain, CountedRule, Match, PortRange, Target } from './rule.ts';

export interface ListOptions {
  /** `-n`: addresses, ports and protocols as numbers. */
  readonly numeric?: boolean;
  /** `-v`: counters and interfaces. */
  readonly verbose?: boolean;
  /** `-x`: counters in full. */
  readonly exact?: boolean;
  /** `--line-numbers` */
  readonly lineNumbers?: boolean;
  /** How many rules jump to a chain. */
  readonly references: (chain: string) => number;
  /** Without `-n`: the name of an address, where it has one. */
  readonly hostName?: (address: string) => string | undefined;
}

/** One block per chain, with an empty line between. */
export function listAsTable(chains: readonly Chain[], options: ListOptions): string {
  return chains.map((chain) => chainBlock(chain, options)).join('\n');
}

function chainBlock(chain: Chain, options: ListOptions): string {
  const counted = options.verbose ? ` ${short(chain.packets, options)} packets, ${short(chain.bytes, options)} bytes` : '';
  const about = chain.policy === undefined ? `${options.references(chain.name)} references` : `policy ${chain.policy}${counted}`;
  const number = options.lineNumbers ? 'num  ' : '';
  const counters = options.verbose ? ' pkts bytes ' : '';
  const devices = options.verbose ? 'in     out     ' : '';
  const lines = [
    `Chain ${chain.name} (${about})`,
    `${number}${counters}${'target'.padEnd(10)} prot opt ${devices}${'source'.padEnd(20)} ${'destination'.padEnd(20)}`,
    ...chain.rules.map((each, index) => `${options.lineNumbers ? `${String(index + 1).padEnd(4)} ` : ''}${row(each, options)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Five columns and a blank; long numbers in thousands, millions and so on (xtables_print_num). */
function column(value: number, options: ListOptions): string {
  const text = short(value, options);
  return `${text.padStart(options.exact ? 8 : 5)} `;
}

function short(value: number, options: ListOptions): string {
  if (options.exact || value <= 99_999) return String(value);
  let rest = value;
  for (const unit of ['K', 'M', 'G']) {
    rest = Math.floor((rest + 500) / 1000);
    if (rest <= 9_999) return `${rest}${unit}`;
  }
  return `${Math.floor((rest + 500) / 1000)}T`;
}

function row(counted: CountedRule, options: ListOptions): string {
  const { rule } = counted;
  const protocol = find(rule.matches, 'protocol');
  const name = protocol?.protocol ?? 'all';
  const shown = options.numeric ? (PROTOCOL_NUMBERS[name] ?? name) : name;
  const counters = options.verbose ? `${column(counted.packets, options)}${column(counted.bytes, options)}` : '';
  const devices = options.verbose
    ? `${deviceColumn(find(rule.matches, 'in-interface'), options)}${deviceColumn(find(rule.matches, 'out-interface'), options)} `
    : '';
  const addresses = `${addressColumn(find(rule.matches, 'source'), options)}${addressColumn(find(rule.matches, 'destination'), options)}`;
  const details = [...rule.matches.map((match) => matchText(match, options)), targetDetails(rule.target, options)].filter((text) => text !== '');
  const start = `${counters}${targetName(rule.target).padEnd(9)} ${sign(protocol)}${shown.padEnd(4)} -- ${devices}${addresses}`;
  // The goto mark follows at once; everything else after a blank.
  return `${start}${details.map((text) => ` ${text}`).join('')}${rule.target.kind === 'goto' ? '[goto] ' : ''}`;
}

const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = {
  all: '0',
  icmp: '1',
  tcp: '6',
  udp: '17',
  sctp: '132',
};

function find<K extends Match['kind']>(matches: readonly Match[], kind: K): Extract<Match, { kind: K }> | undefined {
  return matches.find((each): each is Extract<Match, { kind: K }> => each.kind === kind);
}

function sign(match: { readonly negated?: boolean } | undefined): string {
  return match?.negated ? '!' : ' ';
}

function deviceColumn(match: { readonly negated?: boolean; readonly name: string } | undefined, options: ListOptions): string {
  return ` ${`${match?.negated ? '!' : ''}${match?.name ?? (options.numeric ? '*' : 'any')}`.padEnd(6)}`;
}

/** Debian's /etc/networks. */
const NETWORK_NAMES: Readonly<Record<string, string>> = {
  '127.0.0.0': 'loopback',
  '169.254.0.0': 'link-local',
};

function addressColumn(match: { readonly negated?: boolean; readonly cidr: Cidr } | undefined, options: ListOptions): string {
  return `${sign(match)}${addressText(match?.cidr, options).padEnd(19)} `;
}

function addressText(cidr: Cidr | undefined, options: ListOptions): string {
  if (!cidr) return options.numeric ? '0.0.0.0/0' : 'anywhere';
  const { address, prefix } = cidr;
  const name = options.numeric ? undefined : prefix === 32 ? options.hostName?.(address) : NETWORK_NAMES[address];
  return prefix === 32 ? (name ?? address) : cidrText({ address: name ?? address, prefix });
}

/** What stands in the `target` column. */
function targetName(target: Target): string {
  if (target.kind === 'jump' || target.kind === 'goto') return target.chain;
  return target.kind === 'none' ? '' : target.kind.toUpperCase();
}

function matchText(match: Match, options: ListOptions): string {
  const negation = 'negated' in match && match.negated ? '! ' : '';
  switch (match.kind) {
    case 'source':
    case 'destination':
    case 'protocol':
    case 'in-interface':
    case 'out-interface':
      return '';
    case 'comment':
      return `/* ${match.text} */`;
    case 'mark':
      return `mark match ${negation}${markText(match.value, match.mask)}`;
    case 'addrtype':
      return `ADDRTYPE match ${match.side}-type ${match.negated ? '!' : ''}${match.type}`;
    case 'statistic':
      return `statistic mode random probability ${match.probability}`;
    case 'multiport':
      return `multiport ${match.side} ${match.negated ? ' !' : ''}${match.ports.map(rangeText).join(',')}`;
    case 'transport':
      return `${match.protocol}${portText(match.source, 'spt', options)}${portText(match.destination, 'dpt', options)}`;
    case 'icmp':
      return options.numeric ? `icmptype ${match.type}` : `icmp ${ICMP_NAMES[match.type] ?? `type ${match.type}`}`;
    case 'conntrack':
      return `${negation}${match.short ? 'state' : 'ctstate'} ${match.states.join(',')}`;
    case 'recent': {
      const seconds = match.seconds === undefined ? '' : ` seconds: ${match.seconds}`;
      return `recent: ${match.action === 'set' ? 'SET' : 'CHECK'}${seconds}${match.reap ? ' reap' : ''} name: ${match.name} side: source mask: 255.255.255.255`;
    }
    case 'nfacct':
      return `nfacct-name  ${match.name}`;
  }
}

const ICMP_NAMES: Readonly<Record<string, string>> = {
  '0': 'echo-reply',
  '3': 'destination-unreachable',
  '8': 'echo-request',
  '11': 'time-exceeded',
};

/** Of /etc/services (Debian's netbase 6.4) what people meet. */
const SERVICE_NAMES: Readonly<Record<number, string>> = {
  21: 'ftp',
  22: 'ssh',
  23: 'telnet',
  25: 'smtp',
  53: 'domain',
  67: 'bootps',
  68: 'bootpc',
  69: 'tftp',
  80: 'http',
  88: 'kerberos',
  110: 'pop3',
  111: 'sunrpc',
  123: 'ntp',
  143: 'imap2',
  161: 'snmp',
  179: 'bgp',
  389: 'ldap',
  443: 'https',
  587: 'submission',
  631: 'ipp',
  636: 'ldaps',
  853: 'domain-s',
  873: 'rsync',
  993: 'imaps',
  995: 'pop3s',
  1080: 'socks',
  1194: 'openvpn',
  1433: 'ms-sql-s',
  2000: 'cisco-sccp',
  2049: 'nfs',
  3306: 'mysql',
  5060: 'sip',
  5222: 'xmpp-client',
  5353: 'mdns',
  5432: 'postgresql',
  5672: 'amqp',
  6379: 'redis',
  8080: 'http-alt',
  8081: 'tproxy',
  9418: 'git',
  10000: 'webmin',
  10050: 'zabbix-agent',
  10051: 'zabbix-trapper',
};

function portText(range: PortRange | undefined, name: string, options: ListOptions): string {
  if (!range) return '';
  const port = (number: number): string => (options.numeric ? undefined : SERVICE_NAMES[number]) ?? String(number);
  const negation = range.negated ? '!' : '';
  return range.low === range.high ? ` ${name}:${negation}${port(range.low)}` : ` ${name}s:${negation}${port(range.low)}:${port(range.high)}`;
}

function targetDetails(target: Target, options: ListOptions): string {
  switch (target.kind) {
    case 'reject':
      return `reject-with ${target.with}`;
    case 'dnat':
    case 'snat':
      return `to:${addressAndPort(target)}`;
    case 'redirect':
      return `redir ports ${target.port}`;
    case 'masquerade':
      return target.randomFully ? 'random-fully' : '';
    case 'mark':
      return markDetails(target);
    case 'log':
      return `LOG ${options.numeric ? 'flags 0 level 4' : 'level warn'}${target.prefix === '' ? '' : ` prefix ${quotedAlways(target.prefix)}`}`;
    default:
      return '';
  }
}

function markDetails({ value, mask }: { readonly value: number; readonly mask: number }): string {
  if (value === 0) return `MARK and ${hex(~mask)}`;
  if (value === mask) return `MARK or ${hex(value)}`;
  if (mask === 0) return `MARK xor ${hex(value)}`;
  return mask >>> 0 === 0xffffffff ? `MARK set ${hex(value)}` : `MARK xset ${hex(value)}/${hex(mask)}`;
}

function quotedAlways(text: string): string {
  const inner = quoted(text);
  return inner.startsWith('"') ? inner : `"${inner}"`;
}
