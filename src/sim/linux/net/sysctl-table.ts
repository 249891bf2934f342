/** The settings below /proc/sys/net of one namespace, by dotted name. Knows only names and values; the stack asks for the ones it obeys. */
import { errno, type Errno } from '../errno.ts';

const DEFAULTS: readonly (readonly [string, string])[] = [
  ['net.core.rmem_default', '212992'],
  ['net.core.rmem_max', '212992'],
  ['net.core.somaxconn', '4096'],
  ['net.core.wmem_default', '212992'],
  ['net.core.wmem_max', '212992'],
  ['net.ipv4.conf.all.arp_ignore', '0'],
  ['net.ipv4.conf.all.forwarding', '0'],
  ['net.ipv4.conf.all.route_localnet', '0'],
  ['net.ipv4.conf.all.rp_filter', '0'],
  ['net.ipv4.conf.default.forwarding', '0'],
  ['net.ipv4.conf.default.route_localnet', '0'],
  ['net.ipv4.conf.default.rp_filter', '0'],
  ['net.ipv4.icmp_echo_ignore_all', '0'],
  ['net.ipv4.ip_default_ttl', '64'],
  ['net.ipv4.ip_forward', '0'],
  ['net.ipv4.ip_local_port_range', '32768\t60999'],
  ['net.ipv4.ip_local_reserved_ports', ''],
  ['net.ipv4.ip_nonlocal_bind', '0'],
  ['net.ipv4.ip_unprivileged_port_start', '1024'],
  ['net.ipv4.ping_group_range', '1\t0'],
  ['net.ipv4.tcp_fin_timeout', '60'],
  ['net.ipv4.tcp_keepalive_intvl', '75'],
  ['net.ipv4.tcp_keepalive_probes', '9'],
  ['net.ipv4.tcp_keepalive_time', '7200'],
  ['net.ipv4.tcp_max_syn_backlog', '512'],
  ['net.ipv4.tcp_rmem', '4096\t131072\t6291456'],
  ['net.ipv4.tcp_syn_retries', '6'],
  ['net.ipv4.tcp_syncookies', '1'],
  ['net.ipv4.tcp_tw_reuse', '2'],
  ['net.ipv4.tcp_wmem', '4096\t16384\t4194304'],
  ['net.ipv6.bindv6only', '0'],
  ['net.ipv6.conf.all.disable_ipv6', '0'],
  ['net.ipv6.conf.all.forwarding', '0'],
  ['net.ipv6.conf.default.disable_ipv6', '0'],
];

export class SysctlTable {
  readonly #valueByName = new Map<string, string>(DEFAULTS);

  /** All names, sorted. */
  names(): readonly string[] {
    return [...this.#valueByName.keys()].sort();
  }

  get(name: string): string | undefined {
    return this.#valueByName.get(name);
  }

  /** The value as a number; 0 where there is none. */
  number(name: string): number {
    return Number(this.#valueByName.get(name) ?? 0);
  }

  /** @returns ENOENT when there is no such setting, EINVAL when it is no number where one is wanted */
  set(name: string, value: string): Errno | undefined {
    const present = this.#valueByName.get(name);
    if (present === undefined) return errno('ENOENT');
    const text = value.trim().replace(/\s+/g, '\t');
    if (/^-?\d+$/.test(present) && !/^-?\d+$/.test(text)) return errno('EINVAL');
    this.#valueByName.set(name, text);
    if (name === 'net.ipv4.ip_forward') this.#valueByName.set('net.ipv4.conf.all.forwarding', text);
    if (name === 'net.ipv4.conf.all.forwarding') this.#valueByName.set('net.ipv4.ip_forward', text);
    return undefined;
  }

  /** Makes a setting known, as a new interface or a kernel module does. */
  define(name: string, value: string): void {
    this.#valueByName.set(name, value);
  }

  forget(name: string): void {
    this.#valueByName.delete(name);
  }
}
