/** Brace expansion of Bash (braces.c, 5.2): `a{b,c}d`, `{1..5}`, `{a..e..2}`. Works on the text of one word and leaves quotes and `${` alone. */

/** What one word may become: a page has less room than a machine. */
const LIMIT = 100_000;
/** Groups one in the other. */
const DEEPEST = 500;

/** More words than there is room for. */
export class TooManyWords {
  readonly count: number;
  constructor(count: number) {
    this.count = count;
  }
}

/** @returns the words that `text` stands for, at least one; or how many it would be, where that is more than there is room for */
export function expandBraces(text: string): readonly string[] | TooManyWords {
  try {
    return expanded(text, 0);
  } catch (problem) {
    if (problem instanceof TooManyWords) return problem;
    throw problem;
  }
}

function expanded(text: string, depth: number): string[] {
  const group = depth > DEEPEST ? undefined : findGroup(text);
  if (!group) return [text];
  const { open, close, parts } = group;
  const before = text.slice(0, open);
  const after = expanded(text.slice(close + 1), depth + 1);
  const middle = parts.length > 1 ? parts.flatMap((each) => expanded(each, depth + 1)) : sequence(parts[0] ?? '');
  if (!middle) return after.map((each) => `${text.slice(0, close + 1)}${each}`);
  const count = middle.length * after.length;
  if (count > LIMIT) throw new TooManyWords(count);
  return middle.flatMap((each) => after.map((tail) => `${before}${each}${tail}`));
}

function findGroup(text: string): { open: number; close: number; parts: string[] } | undefined {
  for (let open = skipTo(text, 0); open < text.length; open = skipTo(text, open + 1)) {
    const parts: string[] = [];
    let depth = 0;
    let from = open + 1;
    for (let i = open + 1; i < text.length; i++) {
      const quoted = quotedLength(text, i);
      if (quoted > 0) {
        i += quoted - 1;
        continue;
      }
      const character = text.charAt(i);
      if (character === '{') depth++;
      else if (character === ',' && depth === 0) {
        parts.push(text.slice(from, i));
        from = i + 1;
      } else if (character === '}' && depth-- === 0) {
        parts.push(text.slice(from, i));
        if (parts.length > 1 || sequence(parts[0] ?? '')) return { open, close: i, parts };
        break;
      }
    }
  }
  return undefined;
}

function skipTo(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const quoted = quotedLength(text, i);
    if (quoted > 0) i += quoted - 1;
    else if (text.charAt(i) === '{') return i;
  }
  return text.length;
}

/** Length of the quoted or substituted piece that begins at `i`, 0 when none does. */
function quotedLength(text: string, i: number): number {
  const character = text.charAt(i);
  if (character === '\\') return 2;
  if (character === "'" || character === '"' || character === '`') {
    for (let j = i + 1; j < text.length; j++) {
      if (character !== "'" && text.charAt(j) === '\\') j++;
      else if (text.charAt(j) === character) return j - i + 1;
    }
    return text.length - i;
  }
  if (character === '$' && (text.charAt(i + 1) === '{' || text.charAt(i + 1) === '(')) {
    const open = text.charAt(i + 1);
    const close = open === '{' ? '}' : ')';
    let depth = 0;
    for (let j = i + 1; j < text.length; j++) {
      if (text.charAt(j) === open) depth++;
      else if (text.charAt(j) === close && --depth === 0) return j - i + 1;
    }
    return text.length - i;
  }
  return 0;
}

function sequence(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  const match = numbers ?? letters;
  if (!match) return undefined;
  const [, first = '', last = '', stepText] = match;
  const from = numbers ? Number(first) : first.charCodeAt(0);
  const to = numbers ? Number(last) : last.charCodeAt(0);
  const size = Math.max(1, Math.abs(Number(stepText ?? 1)));
  const width = numbers && [first, last].some((each) => /^-?0\d/.test(each)) ? Math.max(first.length, last.length) : 0;
  // Bash leaves alone what its integers cannot hold.
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || !Number.isSafeInteger(size)) return undefined;
  const count = Math.floor(Math.abs(to - from) / size) + 1;
  if (count > LIMIT) throw new TooManyWords(count);
  const result: string[] = [];
  for (let at = from; from <= to ? at <= to : at >= to; at += from <= to ? size : -size) {
    result.push(numbers ? padded(at, width) : String.fromCharCode(at));
  }
  return result;
}

function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
}
