/** Prints rules as iptables 1.8.9 (nf_tables) does with `-S`. The same text identifies a rule for `-D` and `-C`. */
import { cidrText } from '../address.ts';
import type { Chain, Match, PortRange, Rule, Target } from './rule.ts';

/** Rules never change, and tables ask for their texts again and again. */
const textByRule = new WeakMap<Rule, string>();

/** The words of a rule after its chain, such as `-p tcp -m tcp --dport 80 -j ACCEPT`. */
export function ruleText(rule: Rule): string {
  const known = textByRule.get(rule);
  if (known !== undefined) return known;
  const text = composed(rule);
  textByRule.set(rule, text);
  return text;
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
      return match.short
        ? `-m state ${not(match)}--state ${match.states.join(',')}`
        : `-m conntrack ${not(match)}--ctstate ${match.states.join(',')}`;
    case 'recent': {
      const seconds = match.seconds === undefined ? '' : ` --seconds ${match.seconds}`;
      const details = match.action === 'set' ? ' --set' : ` --rcheck${seconds}${match.reap ? ' --reap' : ''}`;
      return `-m recent${details} --name ${match.name} --mask 255.255.255.255 --rsource`;
    }
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

function portOption(range: PortRange | undefined, name: string): string {
  return range ? ` ${not(range)}--${name} ${rangeText([range.low, range.high])}` : '';
}

function not(match: { readonly negated?: boolean }): string {
  return match.negated ? '! ' : '';
}

export function hex(value: number): string {
  return `0x${(value >>> 0).toString(16)}`;
}

/** A mark with its mask, which goes without saying when all bits count. */
export function markText(value: number, mask: number): string {
  return mask >>> 0 === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;
}

export function rangeText([low, high]: readonly [number, number]): string {
  return low === high ? String(low) : `${low}:${high}`;
}

export function addressAndPort(target: { readonly address: string; readonly port?: number }): string {
  return target.port === undefined ? target.address : `${target.address}:${target.port}`;
}

/** libxtables xtables_save_string: quotes only what a shell would split. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : `"${text.replace(/["\\']/g, (character) => `\\${character}`)}"`;
}
