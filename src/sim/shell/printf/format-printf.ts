/** The formatting of printf(1): reuses the format until the arguments are used up. Shared by the builtins and the programs; the complaints are their business. */
import { quoteWithBackslashes } from '../interpreter/quote-for-shell.ts';
import { decodeEscapes } from './escapes.ts';

export interface PrintfProblem {
  readonly kind: 'number' | 'format' | 'trailing';
  readonly text: string;
}

export interface PrintfResult {
  readonly text: string;
  readonly problems: readonly PrintfProblem[];
}

/** Columns for which there is room; of a wider field nothing is printed, as where a C library has no memory for it. */
const WIDEST = 4_000_000;

const DIRECTIVE = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z%])/;

/** @param quoting whether `%q` is known */
export function formatPrintf(format: string, words: readonly string[], quoting: boolean): PrintfResult {
  const problems: PrintfProblem[] = [];
  let text = '';
  let next = 0;
  do {
    const before = next;
    for (let at = 0; at < format.length;) {
      if (format.charAt(at) !== '%') {
        const end = format.indexOf('%', at);
        const piece = decodeEscapes(format.slice(at, end < 0 ? undefined : end), 'printf');
        text += piece.text;
        if (piece.stop) return { text, problems };
        at = end < 0 ? format.length : end;
        continue;
      }
      const match = DIRECTIVE.exec(format.slice(at));
      if (!match || (match[4] === 'q' && !quoting)) {
        problems.push({ kind: 'format', text: format.slice(at) });
        return { text, problems };
      }
      const [whole, flags = '', widthText, precisionText, conversion = ''] = match;
      at += whole.length;
      if (conversion === '%') {
        text += '%';
        continue;
      }
      const width = widthText === '*' ? Number(words[next++] ?? 0) : Number(widthText ?? 0);
      const precision =
        precisionText === '*'
          ? Number(words[next++] ?? 0)
          : precisionText === undefined
            ? whole.includes('.')
              ? 0
              : undefined
            : Number(precisionText);
      const given = words[next];
      next++;
      if (conversion === 'b' && Math.abs(width) <= WIDEST) {
        const piece = decodeEscapes(given ?? '', 'echo');
        text += pad(piece.text.slice(0, precision), width, flags);
        if (piece.stop) return { text, problems };
        continue;
      }
      if (Math.max(Math.abs(width), precision ?? 0) > WIDEST) continue;
      text += convert({ conversion, flags, width, precision, given, problems });
    }
    if (next === before) break;
  } while (next < words.length);
  return { text, problems };
}

function convert(directive: {
  readonly conversion: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly given: string | undefined;
  readonly problems: PrintfProblem[];
}): string {
  const { conversion, flags, width, precision, given, problems } = directive;
  switch (conversion) {
    case 's':
      return pad((given ?? '').slice(0, precision), width, flags);
    case 'q':
      return pad(quoteWithBackslashes(given ?? ''), width, flags);
    case 'c':
      return pad((given ?? '').slice(0, 1), width, flags);
    case 'd':
    case 'i':
      return number(integer(given, problems), 10, directive);
    case 'u':
      return number(BigInt.asUintN(64, integer(given, problems)), 10, directive);
    case 'o':
      return number(BigInt.asUintN(64, integer(given, problems)), 8, directive);
    case 'x':
      return number(BigInt.asUintN(64, integer(given, problems)), 16, directive);
    case 'X':
      return number(BigInt.asUintN(64, integer(given, problems)), 16, directive).toUpperCase();
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G': {
      const value = real(given, problems);
      const digits = precision ?? 6;
      const plain =
        conversion === 'e' || conversion === 'E'
          ? exponent(value, digits)
          : conversion === 'g' || conversion === 'G'
            ? String(Number(value.toPrecision(digits || 1)))
            : value.toFixed(Math.min(digits, 100));
      const signed = flags.includes('+') && value >= 0 ? `+${plain}` : plain;
      if (flags.includes('0') && !flags.includes('-'))
        return signed.replace(/^[-+]?/, (sign) => sign + '0'.repeat(Math.max(0, Math.min(width, WIDEST) - signed.length)));
      return pad(signed, width, flags);
    }
    default:
      problems.push({ kind: 'format', text: `%${conversion}` });
      return '';
  }
}

function exponent(value: number, digits: number): string {
  return value.toExponential(Math.min(digits, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

function number(
  value: bigint,
  base: number,
  { flags, width, precision }: { readonly flags: string; readonly width: number; readonly precision: number | undefined },
): string {
  const digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 1, '0');
  const prefix = flags.includes('#') && value !== 0n ? (base === 16 ? '0x' : base === 8 ? '0' : '') : '';
  const sign = value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (flags.includes('0') && !flags.includes('-') && precision === undefined)
    return sign + prefix + digits.padStart(Math.min(width, WIDEST) - sign.length - prefix.length, '0');
  return pad(sign + prefix + digits, width, flags);
}

function pad(text: string, width: number, flags: string): string {
  const columns = Math.min(Math.abs(width), WIDEST);
  if (flags.includes('-') || width < 0) return text.padEnd(columns);
  return text.padStart(columns);
}

function integer(given: string | undefined, problems: PrintfProblem[]): bigint {
  const text = given?.trim() ?? '';
  if (text === '') return 0n;
  if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
  const [whole, sign, digits] = /^([-+]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(text) ?? [];
  if (whole === undefined || digits === undefined) {
    problems.push({ kind: 'number', text: given ?? '' });
    return 0n;
  }
  if (whole.length < text.length) problems.push({ kind: 'trailing', text: given ?? '' });
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

function real(given: string | undefined, problems: PrintfProblem[]): number {
  if (given === undefined || given === '') return 0;
  const value = Number.parseFloat(given);
  if (Number.isNaN(value)) {
    problems.push({ kind: 'number', text: given });
    return 0;
  }
  return value;
}
