/** Reads what follows `-j` in an iptables command: the target and the options that belong to it. */
import type { RejectWith, Target } from './rule.ts';

/** Options of targets that take a value. */
export const TARGET_OPTIONS: ReadonlySet<string> = new Set([
  '--reject-with',
  '--to-destination',
  '--to-source',
  '--to-ports',
  '--to-port',
  '--set-xmark',
  '--set-mark',
  '--or-mark',
  '--xor-mark',
  '--and-mark',
  '--log-prefix',
]);

/** Options of targets that take none. */
export const TARGET_SWITCHES: ReadonlySet<string> = new Set(['--random-fully']);

/** The target of that name with its defaults; any other name is a chain to jump to. */
export function targetNamed(name: string): Target {
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { kind: name.toLowerCase() as 'accept' | 'drop' | 'return' };
    case 'REJECT':
      return { kind: 'reject', with: 'icmp-port-unreachable' };
    case 'MASQUERADE':
      return { kind: 'masquerade' };
    case 'DNAT':
      return { kind: 'dnat', address: '' };
    case 'SNAT':
      return { kind: 'snat', address: '' };
    case 'REDIRECT':
      return { kind: 'redirect', port: 0 };
    case 'MARK':
      return { kind: 'mark', value: 0, mask: 0xffffffff };
    case 'LOG':
      return { kind: 'log', prefix: '' };
    default:
      return { kind: 'jump', chain: name };
  }
}

/** The target that an option of it stands for. */
export function targetWith(option: string, value: string): Target {
  switch (option) {
    case '--reject-with':
      return { kind: 'reject', with: value as RejectWith };
    case '--to-destination':
      return { kind: 'dnat', ...addressAndPort(value) };
    case '--to-source':
      return { kind: 'snat', ...addressAndPort(value) };
    case '--to-ports':
    case '--to-port':
      return { kind: 'redirect', port: Number(value) };
    case '--random-fully':
      return { kind: 'masquerade', randomFully: true };
    case '--log-prefix':
      return { kind: 'log', prefix: value };
    default:
      return markTarget(option, value);
  }
}

/** The ways of MARK, all as `--set-xmark` keeps them. */
function markTarget(option: string, text: string): Target {
  const [value, mask] = parseBits(text);
  switch (option) {
    case '--set-mark':
      return { kind: 'mark', value, mask: (mask | value) >>> 0 };
    case '--or-mark':
      return { kind: 'mark', value, mask: value };
    case '--xor-mark':
      return { kind: 'mark', value, mask: 0 };
    case '--and-mark':
      return { kind: 'mark', value: 0, mask: ~value >>> 0 };
    default:
      return { kind: 'mark', value, mask };
  }
}

/** `value/mask`; without a mask all bits count. */
export function parseBits(text: string): readonly [number, number] {
  const [value, mask] = text.split('/');
  return [Number(value), mask === undefined ? 0xffffffff : Number(mask)];
}

function addressAndPort(text: string): { readonly address: string; readonly port?: number } {
  const [address = '', port] = text.split(':');
  return port === undefined ? { address } : { address, port: Number(port) };
}
