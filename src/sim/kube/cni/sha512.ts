/** SHA-512 (FIPS 180-4) of short texts, for the chain names of CNI plugins. */

const MASK = (1n << 64n) - 1n;

/** The first `count` primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) if (found.every((each) => candidate % each !== 0)) found.push(candidate);
  return found;
}

/** The first 64 bits of the fractional part of a root, by integer Newton iteration. */
function fraction(value: number, power: 2n | 3n): bigint {
  const scaled = BigInt(value) << (64n * power);
  let root = 1n << 70n;
  for (;;) {
    const next = ((power - 1n) * root + scaled / root ** (power - 1n)) / power;
    if (next >= root) break;
    root = next;
  }
  return root & MASK;
}

const ROUND = primes(80).map((each) => fraction(each, 3n));
const START = primes(8).map((each) => fraction(each, 2n));

function rotate(value: bigint, bits: bigint): bigint {
  return ((value >> bits) | (value << (64n - bits))) & MASK;
}

/** @returns the digest of the UTF-8 bytes of `text` in hexadecimal */
export function sha512(text: string): string {
  const bytes = utf8(text);
  const length = BigInt(bytes.length) * 8n;
  bytes.push(0x80);
  while (bytes.length % 128 !== 112) bytes.push(0);
  for (let shift = 120n; shift >= 0n; shift -= 8n) bytes.push(Number((length >> shift) & 255n));
  const state = [...START];
  for (let offset = 0; offset < bytes.length; offset += 128) block(state, bytes.slice(offset, offset + 128));
  return state.map((each) => each.toString(16).padStart(16, '0')).join('');
}

/** The bytes of a text in UTF-8. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const [part] of encodeURIComponent(text).matchAll(/%..|./g)) bytes.push(part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0));
  return bytes;
}

function block(state: bigint[], bytes: readonly number[]): void {
  const words: bigint[] = [];
  for (let at = 0; at < 128; at += 8) words.push(bytes.slice(at, at + 8).reduce((sum, each) => (sum << 8n) | BigInt(each), 0n));
  for (let at = 16; at < 80; at++) {
    const [old = 0n, early = 0n, late = 0n, middle = 0n] = [words[at - 16], words[at - 15], words[at - 2], words[at - 7]];
    const small = rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n);
    const large = rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n);
    words.push((old + small + middle + large) & MASK);
  }
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let at = 0; at < 80; at++) {
    const choose = (e & f) ^ (~e & MASK & g);
    const first = (h + (rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)) + choose + (ROUND[at] ?? 0n) + (words[at] ?? 0n)) & MASK;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)) + majority) & MASK;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & MASK, c, b, a, (first + second) & MASK];
  }
  [a, b, c, d, e, f, g, h].forEach((each, at) => {
    state[at] = ((state[at] ?? 0n) + each) & MASK;
  });
}
