/** Base64 of a text's UTF-8 bytes. */
import { base64Digits } from '../../../bytes/base64-digits.ts';
import { utf8Bytes } from '../../../bytes/utf8-bytes.ts';

export function encodeBase64(text: string): string {
  return base64Digits(utf8Bytes(text));
}
