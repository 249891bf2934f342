/** Bytes as Base64 (RFC 4648), for the tool and for kubectl's Secrets. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @returns the digits with their padding, in one line */
export function base64Digits(bytes: readonly number[]): string {
  const digits: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    digits.push(
      DIGITS.charAt(a >> 2),
      DIGITS.charAt(((a & 3) << 4) | ((b ?? 0) >> 4)),
      b === undefined ? '=' : DIGITS.charAt(((b & 15) << 2) | ((c ?? 0) >> 6)),
      c === undefined ? '=' : DIGITS.charAt(c & 63),
    );
  }
  return digits.join('');
}
