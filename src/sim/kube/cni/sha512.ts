/** SHA-512 (FIPS 180-4) of short texts, for the chain names of CNI plugins. */

const MASK = (1n << 64n) - 1n;
const LOW = 0xffffffffn;

/** The first `count` primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((each) => candidate % each !== 0)) found.push(candidate);
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

/** High and low halves, one after the other: 64-bit words in two 32-bit ones are ten times as fast as bigint. */
function halves(words: readonly bigint[]): Int32Array {
  return Int32Array.from(
    words.flatMap((each) => [Number(BigInt.asIntN(32, each >> 32n)), Number(BigInt.asIntN(32, each & LOW))]),
  );
}

const ROUND = halves(primes(80).map((each) => fraction(each, 3n)));
const START = halves(primes(8).map((each) => fraction(each, 2n)));

/** @returns the digest of the UTF-8 bytes of `text` in hexadecimal */
export function sha512(text: string): string {
  const source = utf8(text);
  const bytes = new Uint8Array(Math.ceil((source.length + 17) / 128) * 128);
  bytes.set(source);
  bytes[source.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 4, source.length * 8);
  const state = Int32Array.from(START);
  for (let offset = 0; offset < bytes.length; offset += 128) block(state, view, offset);
  return [...state].map((each) => (each >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The bytes of a text in UTF-8. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length && text.charCodeAt(at) < 0x80; at++) bytes.push(text.charCodeAt(at));
  if (bytes.length === text.length) return bytes;
  bytes.length = 0;
  for (const [part] of encodeURIComponent(text).matchAll(/%..|./g))
    bytes.push(part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0));
  return bytes;
}

/** The high half of a word rotated right; swap the arguments for the low half. Over 32 bits the halves change places. */
function rotated(high: number, low: number, bits: number): number {
  return bits < 32 ? (high >>> bits) | (low << (32 - bits)) : (low >>> (bits - 32)) | (high << (64 - bits));
}

/** Adds 64-bit words given as halves into `out` at `at`. */
function add(out: Int32Array, at: number, terms: readonly number[]): void {
  let low = 0;
  let high = 0;
  for (let term = 0; term < terms.length; term += 2) {
    high += terms[term] ?? 0;
    low += (terms[term + 1] ?? 0) >>> 0;
  }
  out[at] = high + Math.floor(low / 0x100000000);
  out[at + 1] = low;
}

function block(state: Int32Array, view: DataView, offset: number): void {
  const words = new Int32Array(160);
  const get = (list: Int32Array, at: number): number => list[at] ?? 0;
  for (let at = 0; at < 32; at++) words[at] = view.getInt32(offset + at * 4);
  for (let at = 32; at < 160; at += 2) {
    const [eh, el, lh, ll] = [
      get(words, at - 30),
      get(words, at - 29),
      get(words, at - 4),
      get(words, at - 3),
    ];
    add(words, at, [
      get(words, at - 32),
      get(words, at - 31),
      get(words, at - 14),
      get(words, at - 13),
      rotated(eh, el, 1) ^ rotated(eh, el, 8) ^ (eh >>> 7),
      rotated(el, eh, 1) ^ rotated(el, eh, 8) ^ ((el >>> 7) | (eh << 25)),
      rotated(lh, ll, 19) ^ rotated(lh, ll, 61) ^ (lh >>> 6),
      rotated(ll, lh, 19) ^ rotated(ll, lh, 61) ^ ((ll >>> 6) | (lh << 26)),
    ]);
  }
  const v = Int32Array.from(state);
  const first = new Int32Array(2);
  for (let at = 0; at < 160; at += 2) {
    const [ah, al, bh, bl, ch, cl] = [get(v, 0), get(v, 1), get(v, 2), get(v, 3), get(v, 4), get(v, 5)];
    const [eh, el, fh, fl, gh, gl] = [get(v, 8), get(v, 9), get(v, 10), get(v, 11), get(v, 12), get(v, 13)];
    add(first, 0, [
      get(v, 14),
      get(v, 15),
      get(ROUND, at),
      get(ROUND, at + 1),
      get(words, at),
      get(words, at + 1),
      rotated(eh, el, 14) ^ rotated(eh, el, 18) ^ rotated(eh, el, 41),
      rotated(el, eh, 14) ^ rotated(el, eh, 18) ^ rotated(el, eh, 41),
      (eh & fh) ^ (~eh & gh),
      (el & fl) ^ (~el & gl),
    ]);
    const [dh, dl] = [get(v, 6), get(v, 7)];
    v.copyWithin(2, 0, 14);
    add(v, 8, [dh, dl, get(first, 0), get(first, 1)]);
    add(v, 0, [
      get(first, 0),
      get(first, 1),
      rotated(ah, al, 28) ^ rotated(ah, al, 34) ^ rotated(ah, al, 39),
      rotated(al, ah, 28) ^ rotated(al, ah, 34) ^ rotated(al, ah, 39),
      (ah & bh) ^ (ah & ch) ^ (bh & ch),
      (al & bl) ^ (al & cl) ^ (bl & cl),
    ]);
  }
  for (let at = 0; at < 16; at += 2)
    add(state, at, [get(state, at), get(state, at + 1), get(v, at), get(v, at + 1)]);
}
