// UTF-8 lengths and bytes, for messages that count bytes and for !!binary.

/** The bytes of a text; a lone surrogate counts as the replacement character that a file would hold. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The first byte of the character that `text` begins with; 0 for an empty text. */
export function firstByte(text: string): number {
  const code = text.codePointAt(0) ?? 0;
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6);
  return code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Whether the text is base64 in full groups of four; line breaks may stand in it. */
export function isBase64(text: string): boolean {
  return BASE64.test(text.replace(/[\r\n]/g, ''));
}

/** The text behind base64, read as UTF-8; bytes that are none become the replacement character. */
export function decodeBase64(text: string): string {
  let bits = '';
  for (const character of text.replace(/[\r\n=]/g, '')) bits += ALPHABET.indexOf(character).toString(2).padStart(6, '0');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => `%${Number.parseInt(byte, 2).toString(16).padStart(2, '0')}`);
  try {
    return decodeURIComponent(bytes.join(''));
  } catch {
    return bytes.map((byte) => (byte < '%80' ? decodeURIComponent(byte) : '\ufffd')).join('');
  }
}
