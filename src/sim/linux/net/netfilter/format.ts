/** Prints rules and chains as iptables 1.8.9 (nf_tables) does: `-S` and `-L`. The same text identifies a rule for `-D` and `-C`. */
import { cidrText, type Cidr } from '../address.ts';
import type { Chain, CountedRule, Match, PortRange, Rule, Target } from './rule.ts';

/** The words of a rule after its chain, such as `-p tcp -m tcp --dport 80 -j ACCEPT`. */
export function ruleText(rule: Rule): string {
  const known = textByRule.get(rule);
  if (known !== undefined) return known;
  const text = composed(rule);
  textByRule.set(rule, text);
  return text;
}

/** Rules never change, and tables ask for their texts again and again. */
const textByRule = new WeakMap<Rule, string>();

function composed(rule: Rule): string {
  const words: string[] = [];
  for (const kind of ['source', 'destination', 'in-interface', 'out-interface', 'protocol'] as const) {
    for (const match of rule.matches) if (match.kind === kind) words.push(basicText(match));
  }
  for (const match of rule.matches) {
    const text = extendedText(match);
    if (text !== '') words.push(text);
  }
  const target = targetText(rule.target);
  if (target !== '') words.push(target);
  return words.join(' ');
}

/** `iptables -S` of some chains (built-in ones first, in that order). */
export function listAsCommands(chains: readonly Chain[]): string {
  const lines: string[] = [];
  for (const chain of chains) if (chain.policy !== undefined) lines.push(`-P ${chain.name} ${chain.policy}`);
  for (const chain of chains) if (chain.policy === undefined) lines.push(`-N ${chain.name}`);
  for (const chain of chains) {
    for (const { rule } of chain.rules) {
      const text = ruleText(rule);
      lines.push(text === '' ? `-A ${chain.name}` : `-A ${chain.name} ${text}`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

export interface ListOptions {
  /** `-n`: addresses and protocols as numbers. */
  readonly numeric?: boolean;
  /** `-v`: counters and interfaces. */
  readonly verbose?: boolean;
  /** `--line-numbers` */
  readonly lineNumbers?: boolean;
  /** How many rules jump to a chain. */
  readonly references: (chain: string) => number;
}

/** `iptables -L`: one block per chain, with an empty line between. */
export function listAsTable(chains: readonly Chain[], options: ListOptions): string {
  return chains.map((chain) => chainBlock(chain, options)).join('\n');
}

function chainBlock(chain: Chain, options: ListOptions): string {
  const lines: string[] = [];
  if (chain.policy === undefined)
    lines.push(`Chain ${chain.name} (${options.references(chain.name)} references)`);
  else
    lines.push(
      `Chain ${chain.name} (policy ${chain.policy}${options.verbose ? ` ${chain.packets} packets, ${chain.bytes} bytes` : ''})`,
    );
  const number = options.lineNumbers ? 'num  ' : '';
  const counters = options.verbose ? ' pkts bytes ' : '';
  const devices = options.verbose ? 'in     out     ' : '';
  lines.push(
    `${number}${counters}${'target'.padEnd(10)} prot opt ${devices}${'source'.padEnd(20)} ${'destination'.padEnd(20)}`,
  );
  chain.rules.forEach((counted, index) =>
    lines.push(`${options.lineNumbers ? `${String(index + 1).padEnd(5)}` : ''}${rowText(counted, options)}`),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function rowText(counted: CountedRule, options: ListOptions): string {
  const { rule } = counted;
  const find = <K extends Match['kind']>(kind: K): Extract<Match, { kind: K }> | undefined =>
    rule.matches.find((each): each is Extract<Match, { kind: K }> => each.kind === kind);
  const protocol = find('protocol');
  const name = protocol?.protocol ?? 'all';
  const shown = options.numeric ? (PROTOCOL_NUMBERS[name] ?? name) : name;
  let row = options.verbose
    ? `${String(counted.packets).padStart(5)} ${String(counted.bytes).padStart(5)} `
    : '';
  row += `${targetName(rule.target).padEnd(10)} ${protocol?.negated ? '!' : ' '}${shown.padEnd(4)} --  `;
  if (options.verbose)
    row += `${deviceColumn(find('in-interface'))} ${deviceColumn(find('out-interface'))}  `;
  row += `${addressColumn(find('source'), options)} ${addressColumn(find('destination'), options)}`;
  for (const match of rule.matches) {
    const text = descriptionOf(match);
    if (text !== '') row += ` ${text}`;
  }
  const extra = targetDescription(rule.target);
  return extra === '' ? row : `${row} ${extra}`;
}

const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { all: '0', icmp: '1', tcp: '6', udp: '17' };

function deviceColumn(match: { readonly negated?: boolean; readonly name: string } | undefined): string {
  return (match ? `${match.negated ? '!' : ''}${match.name}` : '*').padEnd(6);
}

function addressColumn(
  match: { readonly negated?: boolean; readonly cidr: Cidr } | undefined,
  options: ListOptions,
): string {
  if (!match) return (options.numeric ? '0.0.0.0/0' : 'anywhere').padEnd(20);
  const text = match.cidr.prefix === 32 ? match.cidr.address : cidrText(match.cidr);
  return `${match.negated ? '!' : ''}${text}`.padEnd(20);
}

function basicText(match: Match): string {
  switch (match.kind) {
    case 'source':
      return `${not(match)}-s ${cidrText(match.cidr)}`;
    case 'destination':
      return `${not(match)}-d ${cidrText(match.cidr)}`;
    case 'in-interface':
      return `${not(match)}-i ${match.name}`;
    case 'out-interface':
      return `${not(match)}-o ${match.name}`;
    case 'protocol':
      return `${not(match)}-p ${match.protocol}`;
    default:
      return '';
  }
}

function extendedText(match: Match): string {
  switch (match.kind) {
    case 'source':
    case 'destination':
    case 'in-interface':
    case 'out-interface':
    case 'protocol':
      return '';
    case 'comment':
      return `-m comment --comment ${quoted(match.text)}`;
    case 'mark':
      return `-m mark ${not(match)}--mark ${markText(match.value, match.mask)}`;
    case 'addrtype':
      return `-m addrtype ${not(match)}--${match.side}-type ${match.type}`;
    case 'statistic':
      return `-m statistic --mode random --probability ${match.probability}`;
    case 'multiport':
      return `-m multiport ${not(match)}--${match.side} ${match.ports.map(rangeText).join(',')}`;
    case 'transport':
      return `-m ${match.protocol}${portOption(match.source, 'sport')}${portOption(match.destination, 'dport')}`;
    case 'icmp':
      return `-m icmp --icmp-type ${match.type}`;
    case 'conntrack':
      return `-m conntrack ${not(match)}--ctstate ${match.states.join(',')}`;
    case 'recent':
      return match.action === 'set'
        ? `-m recent --set --name ${match.name} --mask 255.255.255.255 --rsource`
        : `-m recent --rcheck${match.seconds === undefined ? '' : ` --seconds ${match.seconds}`}${match.reap ? ' --reap' : ''} --name ${match.name} --mask 255.255.255.255 --rsource`;
    case 'nfacct':
      return `-m nfacct --nfacct-name  ${match.name}`;
  }
}

function targetText(target: Target): string {
  switch (target.kind) {
    case 'accept':
    case 'drop':
    case 'return':
      return `-j ${target.kind.toUpperCase()}`;
    case 'jump':
      return `-j ${target.chain}`;
    case 'goto':
      return `-g ${target.chain}`;
    case 'reject':
      return `-j REJECT --reject-with ${target.with}`;
    case 'dnat':
      return `-j DNAT --to-destination ${addressAndPort(target)}`;
    case 'snat':
      return `-j SNAT --to-source ${addressAndPort(target)}`;
    case 'redirect':
      return `-j REDIRECT --to-ports ${target.port}`;
    case 'masquerade':
      return `-j MASQUERADE${target.randomFully ? ' --random-fully' : ''}`;
    case 'mark':
      return `-j MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`;
    case 'log':
      return `-j LOG${target.prefix === '' ? '' : ` --log-prefix ${quoted(target.prefix)}`}`;
    case 'none':
      return '';
  }
}

/** What stands in the `target` column of `-L`. */
function targetName(target: Target): string {
  if (target.kind === 'jump' || target.kind === 'goto') return target.chain;
  return target.kind === 'none' ? '' : target.kind.toUpperCase();
}

function descriptionOf(match: Match): string {
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
      return `mark match ${not(match)}${markText(match.value, match.mask)}`;
    case 'addrtype':
      return `ADDRTYPE match ${match.side}-type ${match.negated ? '!' : ''}${match.type}`;
    case 'statistic':
      return `statistic mode random probability ${match.probability}`;
    case 'multiport':
      return `multiport ${match.side} ${not(match)}${match.ports.map(rangeText).join(',')}`;
    case 'transport':
      return `${match.protocol}${portDescription(match.source, 'spt')}${portDescription(match.destination, 'dpt')}`;
    case 'icmp':
      return `icmptype ${match.type}`;
    case 'conntrack':
      return `${not(match)}ctstate ${match.states.join(',')}`;
    case 'recent':
      return `recent: ${match.action === 'set' ? 'SET' : 'CHECK'}${match.seconds === undefined ? '' : ` seconds: ${match.seconds}`}${match.reap ? ' reap' : ''} name: ${match.name} side: source mask: 255.255.255.255`;
    case 'nfacct':
      return `nfacct-name  ${match.name}`;
  }
}

function targetDescription(target: Target): string {
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
      if (target.value === target.mask) return `MARK or ${hex(target.value)}`;
      if (target.mask === 0) return `MARK xor ${hex(target.value)}`;
      return target.mask >>> 0 === 0xffffffff
        ? `MARK set ${hex(target.value)}`
        : `MARK xset ${hex(target.value)}/${hex(target.mask)}`;
    case 'log':
      return `LOG flags 0 level 4${target.prefix === '' ? '' : ` prefix ${quoted(target.prefix)}`}`;
    case 'goto':
      return '[goto] ';
    default:
      return '';
  }
}

function not(match: { readonly negated?: boolean }): string {
  return match.negated ? '! ' : '';
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16)}`;
}

function markText(value: number, mask: number): string {
  return mask >>> 0 === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;
}

function rangeText([low, high]: readonly [number, number]): string {
  return low === high ? String(low) : `${low}:${high}`;
}

function portOption(range: PortRange | undefined, name: string): string {
  return range ? ` ${not(range)}--${name} ${rangeText([range.low, range.high])}` : '';
}

function portDescription(range: PortRange | undefined, name: string): string {
  if (!range) return '';
  return range.low === range.high
    ? ` ${name}:${range.negated ? '!' : ''}${range.low}`
    : ` ${name}s:${range.negated ? '!' : ''}${range.low}:${range.high}`;
}

function addressAndPort(target: { readonly address: string; readonly port?: number }): string {
  return target.port === undefined ? target.address : `${target.address}:${target.port}`;
}

/** libxtables xtables_save_string: quotes only what the shell would split. */
function quoted(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text)
    ? text
    : `"${text.replace(/["\\']/g, (character) => `\\${character}`)}"`;
}
