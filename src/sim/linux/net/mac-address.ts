/** Hardware addresses: random ones as the kernel makes them, and the IPv6 identifiers derived from them. */
import type { Random } from '../../engine/random.ts';
import { ipv6Bits, ipv6Text } from './address.ts';

/** A random locally administered unicast address (include/linux/etherdevice.h eth_random_addr). */
export function randomMac(random: Random): string {
  const bytes = Array.from({ length: 6 }, () => random.integer(0, 255));
  bytes[0] = ((bytes[0] ?? 0) & 0xfe) | 0x02;
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** The fe80:: address that the kernel generates from a hardware address (EUI-64, net/ipv6/addrconf.c). */
export function linkLocalOf(mac: string): string {
  const bytes = mac.split(':').map((part) => Number.parseInt(part, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return ipv6Text(ipv6Bits(`fe80::${groups.map((group) => group.toString(16)).join(':')}`) ?? 0n);
}

export const NO_MAC = '00:00:00:00:00:00';
export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff';
