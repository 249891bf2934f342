/** Backslash escapes of `echo -e` (octal as `\0nnn`) and of printf formats (octal as `\nnn`). */
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** @returns the text, and whether `\c` ends all output */
export function decodeEscapes(text: string, style: 'echo' | 'printf'): { readonly text: string; readonly stop: boolean } {
  if (!text.includes('\\')) return { text, stop: false };
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character !== '\\' || i + 1 >= text.length) {
      result += character;
      continue;
    }
    const rest = text.slice(i + 1);
    if (rest.startsWith('c')) return { text: result, stop: true };
    const octal = (style === 'echo' ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(rest);
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest) ?? /^u([0-9a-fA-F]{1,4})/.exec(rest) ?? /^U([0-9a-fA-F]{1,8})/.exec(rest);
    if (octal) {
      result += String.fromCharCode(Number.parseInt(octal[1] === '' ? '0' : (octal[1] ?? '0'), 8) & 0xff);
      i += octal[0].length;
    } else if (hex) {
      result += String.fromCodePoint(Math.min(Number.parseInt(hex[1] ?? '0', 16), 0x10ffff));
      i += hex[0].length;
    } else {
      const known = SIMPLE[rest.charAt(0)];
      result += known !== undefined && (known !== '"' || style === 'printf') ? known : `\\${rest.charAt(0)}`;
      i++;
    }
  }
  return { text: result, stop: false };
}
