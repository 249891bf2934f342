// Writes values as Go's strconv and fmt do, where an upstream message quotes them.

/** A Go string literal, as strconv.Quote writes it. */
export function quoteGo(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') quoted += '\\' + character;
    else if (NAMED[character] !== undefined) quoted += NAMED[character];
    else if (code < 0x20 || code === 0x7f) quoted += '\\x' + code.toString(16).padStart(2, '0');
    else if (/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) {
      quoted += code > 0xffff ? '\\U' + code.toString(16).padStart(8, '0') : '\\u' + code.toString(16).padStart(4, '0');
    } else quoted += character;
  }
  return quoted + '"';
}

const NAMED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A number as strconv.FormatFloat(value, 'g', -1, bits) writes it. */
export function formatFloat(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  let [digits = '0', power = '0'] = value.toExponential().split('e');
  if (bits === 32) {
    for (let precision = 0; precision < 9; precision++) {
      const shorter = value.toExponential(precision);
      if (Math.fround(Number(shorter)) !== Math.fround(value)) continue;
      [digits = '0', power = '0'] = shorter.split('e');
      break;
    }
  }
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return String(Number(`${digits}e${exponent}`));
}

/** Deeper than this a value is cut rather than the stack filled. */
const DEEPEST = 1000;

/** A value as fmt's %#v writes what go-yaml made of it. */
export function goSyntax(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return '…';
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return quoteGo(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatFloat(value, 64);
  if (Array.isArray(value)) return `[]interface {}{${value.map((item) => goSyntax(item, depth + 1)).join(', ')}}`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[interface {}]interface {}{${entries.map(([key, each]) => `${quoteGo(key)}:${goSyntax(each, depth + 1)}`).join(', ')}}`;
  }
  return String(value);
}
