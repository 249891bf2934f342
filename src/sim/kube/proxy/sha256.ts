/** SHA-256 (FIPS 180-4) of short texts and its base32 form (RFC 4648), for the chain names of kube-proxy. */

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) if (found.every((each) => candidate % each !== 0)) found.push(candidate);
  return found;
}

/** The first 32 bits of the fractional part. */
function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 0x100000000) | 0;
}

const ROUND = Int32Array.from(primes(64), (each) => fraction(Math.cbrt(each)));
const START = Int32Array.from(primes(8), (each) => fraction(Math.sqrt(each)));

function rotate(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

/** @returns the 32 bytes of the digest of the UTF-8 bytes of `text` */
export function sha256(text: string): Uint8Array {
  const source = utf8(text);
  const bytes = new Uint8Array(Math.ceil((source.length + 9) / 64) * 64);
  bytes.set(source);
  bytes[source.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 4, source.length * 8);
  const state = Int32Array.from(START);
  for (let offset = 0; offset < bytes.length; offset += 64) block(state, view, offset);
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  state.forEach((word, at) => {
    out.setInt32(at * 4, word);
  });
  return digest;
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

/** The words of the block being worked on; nothing of it outlives the call. */
const words = new Int32Array(64);

function word(at: number): number {
  return words[at] ?? 0;
}

function block(state: Int32Array, view: DataView, offset: number): void {
  for (let at = 0; at < 16; at++) words[at] = view.getInt32(offset + at * 4);
  for (let at = 16; at < 64; at++) {
    const early = word(at - 15);
    const late = word(at - 2);
    const small = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const large = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[at] = word(at - 16) + small + word(at - 7) + large;
  }
  const of = (at: number): number => state[at] ?? 0;
  let a = of(0);
  let b = of(1);
  let c = of(2);
  let d = of(3);
  let e = of(4);
  let f = of(5);
  let g = of(6);
  let h = of(7);
  for (let at = 0; at < 64; at++) {
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (ROUND[at] ?? 0) + word(at)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    // One by one: exchanging them in a list would cost more than the arithmetic.
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = of(0) + a;
  state[1] = of(1) + b;
  state[2] = of(2) + c;
  state[3] = of(3) + d;
  state[4] = of(4) + e;
  state[5] = of(5) + f;
  state[6] = of(6) + g;
  state[7] = of(7) + h;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET[(value >>> (bits - 5)) & 31] ?? '';
      bits -= 5;
    }
  }
  return bits > 0 ? text + (ALPHABET[(value << (5 - bits)) & 31] ?? '') : text;
}
