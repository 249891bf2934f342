/** Internet addresses as canonical text (`10.244.1.5`, `fe80::1`) and the arithmetic of prefixes. Knows nothing of interfaces. */

import { remembered } from '../../engine/remembered.ts';

/** Four or six, as in IPv4 and IPv6. */
export type Family = 4 | 6;

/** An address with a prefix length: a network, or an address on one. */
export interface Cidr {
  readonly address: string;
  readonly prefix: number;
}

const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** @returns the 32 bits of a dotted quad, undefined when it is none */
export function ipv4Bits(text: string): number | undefined {
  // Character by character, without lists in between: every packet asks many times.
  let bits = 0;
  let value = 0;
  let digits = 0;
  let parts = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || ++parts > 4) return undefined;
      bits = bits * 256 + value;
      value = 0;
      digits = 0;
    } else {
      if (code < ZERO || code > NINE || ++digits > 3) return undefined;
      value = value * 10 + code - ZERO;
      if (value > 255) return undefined;
    }
  }
  return parts === 4 && digits > 0 ? bits * 256 + value : undefined;
}

/** The dotted quad of 32 bits. */
export function ipv4Text(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/** @returns the 128 bits of an IPv6 address (with `::` and an embedded dotted quad), undefined when it is none */
export const ipv6Bits = remembered(readIpv6);

function readIpv6(text: string): bigint | undefined {
  let source = text;
  const quad = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (quad) {
    const bits = ipv4Bits(quad[2] ?? '');
    if (bits === undefined) return undefined;
    source = `${quad[1] ?? ''}${(bits >>> 16).toString(16)}:${(bits & 0xffff).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return undefined;
  const head = halves[0] ? halves[0].split(':') : [];
  const tail = halves[1] ? halves[1].split(':') : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let bits = 0n;
  for (const group of [...head, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...tail]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    bits = (bits << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return bits;
}

/** The canonical text (RFC 5952) of 128 bits. */
export function ipv6Text(bits: bigint): string {
  if (bits >> 32n === 0xffffn) return `::ffff:${ipv4Text(Number(bits & 0xffffffffn))}`;
  const groups: string[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((bits >> shift) & 0xffffn).toString(16));
  let bestAt = -1;
  let bestLength = 1;
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === '0') length++;
    if (length > bestLength) {
      bestAt = at;
      bestLength = length;
    }
  }
  if (bestAt < 0) return groups.join(':');
  return `${groups.slice(0, bestAt).join(':')}::${groups.slice(bestAt + bestLength).join(':')}`;
}

/** The family of a canonical address. */
export function familyOf(address: string): Family {
  return address.includes(':') ? 6 : 4;
}

/** @returns the canonical form of an address as a person writes it, undefined when it is none */
export function parseAddress(text: string): string | undefined {
  const four = ipv4Bits(text);
  if (four !== undefined) return ipv4Text(four);
  const six = text.includes(':') ? ipv6Bits(text.split('%')[0] ?? '') : undefined;
  return six === undefined ? undefined : ipv6Text(six);
}

/** @returns address and prefix of `a.b.c.d/n`; a bare address has the full prefix; undefined when it is none */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const full = familyOf(address) === 4 ? 32 : 128;
  if (slash < 0) return { address, prefix: full };
  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || Number(length) > full) return undefined;
  return { address, prefix: Number(length) };
}

/** Such as `10.244.1.0/24`. */
export function cidrText(cidr: Cidr): string {
  return `${cidr.address}/${cidr.prefix}`;
}

function maskBits(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

/** The dotted mask of an IPv4 prefix length. */
export function netmask(prefix: number): string {
  return ipv4Text(maskBits(prefix));
}

/** The network that an address with a prefix lies on. */
export function networkOf(cidr: Cidr): Cidr {
  const four = ipv4Bits(cidr.address);
  if (four !== undefined) return { address: ipv4Text((four & maskBits(cidr.prefix)) >>> 0), prefix: cidr.prefix };
  const six = ipv6Bits(cidr.address) ?? 0n;
  const shift = BigInt(128 - cidr.prefix);
  return { address: ipv6Text((six >> shift) << shift), prefix: cidr.prefix };
}

/** The broadcast address of an IPv4 network. */
export function broadcastOf(cidr: Cidr): string {
  const bits = ipv4Bits(cidr.address) ?? 0;
  return ipv4Text((bits | ~maskBits(cidr.prefix)) >>> 0);
}

/** Whether `address` lies in the network `cidr` (never across families). */
export function inCidr(address: string, cidr: Cidr): boolean {
  const four = ipv4Bits(address);
  if (four !== undefined) {
    const network = ipv4Bits(cidr.address);
    return network !== undefined && ((four ^ network) & maskBits(cidr.prefix)) === 0;
  }
  const six = ipv6Bits(address);
  const network = cidr.address.includes(':') ? ipv6Bits(cidr.address) : undefined;
  if (six === undefined || network === undefined) return false;
  const shift = BigInt(128 - cidr.prefix);
  return six >> shift === network >> shift;
}

/** 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** 224.0.0.0/4 or ff00::/8. */
export function isMulticast(address: string): boolean {
  return familyOf(address) === 6 ? address.startsWith('ff') : inCidr(address, { address: '224.0.0.0', prefix: 4 });
}

/** The address that stands for "any" of a family. */
export function anyAddress(family: Family): string {
  return family === 4 ? '0.0.0.0' : '::';
}

/** Whether it is one of those. */
export function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
