/** SHA-512 (FIPS 180-4) of short texts, for the chain names of CNI plugins. */

const MASK = (1n << 64n) - 1n;
const LOW = 0xffffffffn;

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

/** High and low halves, one after the other: 64-bit words in two 32-bit ones are ten times as fast as bigint. */
function halves(words: readonly bigint[]): Int32Array {
  return Int32Array.from(words.flatMap((each) => [Number(BigInt.asIntN(32, each >> 32n)), Number(BigInt.asIntN(32, each & LOW))]));
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

/** Working memory of one block; nothing of it outlives the call. */
const words = new Int32Array(160);
const v = new Int32Array(16);

function word(at: number): number {
  return words[at] ?? 0;
}

/** What a sum of low halves carries into the high ones. */
function carry(low: number): number {
  return Math.floor(low / 0x100000000);
}

// Scalars only: lists for every sum would cost more than the arithmetic.
function block(state: Int32Array, view: DataView, offset: number): void {
  for (let at = 0; at < 32; at++) words[at] = view.getInt32(offset + at * 4);
  for (let at = 32; at < 160; at += 2) {
    const eh = word(at - 30);
    const el = word(at - 29);
    const lh = word(at - 4);
    const ll = word(at - 3);
    const earlyLow = rotated(el, eh, 1) ^ rotated(el, eh, 8) ^ ((el >>> 7) | (eh << 25));
    const lateLow = rotated(ll, lh, 19) ^ rotated(ll, lh, 61) ^ ((ll >>> 6) | (lh << 26));
    const low = (word(at - 31) >>> 0) + (word(at - 13) >>> 0) + (earlyLow >>> 0) + (lateLow >>> 0);
    const earlyHigh = rotated(eh, el, 1) ^ rotated(eh, el, 8) ^ (eh >>> 7);
    const lateHigh = rotated(lh, ll, 19) ^ rotated(lh, ll, 61) ^ (lh >>> 6);
    words[at] = word(at - 32) + word(at - 14) + earlyHigh + lateHigh + carry(low);
    words[at + 1] = low;
  }
  const get = (at: number): number => v[at] ?? 0;
  v.set(state);
  for (let at = 0; at < 160; at += 2) {
    const ah = get(0);
    const al = get(1);
    const eh = get(8);
    const el = get(9);
    const chooseLow = (el & get(11)) ^ (~el & get(13));
    const chooseHigh = (eh & get(10)) ^ (~eh & get(12));
    const sigmaLow = rotated(el, eh, 14) ^ rotated(el, eh, 18) ^ rotated(el, eh, 41);
    const sigmaHigh = rotated(eh, el, 14) ^ rotated(eh, el, 18) ^ rotated(eh, el, 41);
    const low = (get(15) >>> 0) + ((ROUND[at + 1] ?? 0) >>> 0) + (word(at + 1) >>> 0) + (sigmaLow >>> 0) + (chooseLow >>> 0);
    const firstHigh = (get(14) + (ROUND[at] ?? 0) + word(at) + sigmaHigh + chooseHigh + carry(low)) | 0;
    const firstLow = low | 0;
    const majorLow = (al & get(3)) ^ (al & get(5)) ^ (get(3) & get(5));
    const majorHigh = (ah & get(2)) ^ (ah & get(4)) ^ (get(2) & get(4));
    const dh = get(6);
    const dl = get(7);
    v.copyWithin(2, 0, 14);
    const moved = (dl >>> 0) + (firstLow >>> 0);
    v[8] = dh + firstHigh + carry(moved);
    v[9] = moved;
    const tailLow = rotated(al, ah, 28) ^ rotated(al, ah, 34) ^ rotated(al, ah, 39);
    const tailHigh = rotated(ah, al, 28) ^ rotated(ah, al, 34) ^ rotated(ah, al, 39);
    const sum = (firstLow >>> 0) + (tailLow >>> 0) + (majorLow >>> 0);
    v[0] = firstHigh + tailHigh + majorHigh + carry(sum);
    v[1] = sum;
  }
  for (let at = 0; at < 16; at += 2) {
    const low = ((state[at + 1] ?? 0) >>> 0) + (get(at + 1) >>> 0);
    state[at] = (state[at] ?? 0) + get(at) + carry(low);
    state[at + 1] = low;
  }
}
