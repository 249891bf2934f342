/** POSIX basic and extended regular expressions, as grep, sed, expr and find take them, in the syntax of RE2. Matching itself is done by re2js, in linear time. */
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface Matcher {
  /** Start and end of the first match at or behind `from`. */
  find(text: string, from?: number): readonly [number, number] | undefined;
  /** The groups of the first match, the whole one first. */
  groups(text: string): readonly (string | undefined)[] | undefined;
}

export interface PatternOptions {
  readonly syntax: 'basic' | 'extended' | 'fixed';
  readonly ignoreCase?: boolean;
  /** The whole line must match (`-x`). */
  readonly line?: boolean;
  /** Only whole words (`-w`). */
  readonly word?: boolean;
}

/** @returns undefined when `patterns` are no regular expressions */
export function* compileMatcher(context: ProcessContext, patterns: readonly string[], options: PatternOptions): Blocking<Matcher | undefined> {
  const sources = patterns.map((each) => (options.syntax === 'fixed' ? escapeText(each) : toRe2(each, options.syntax)));
  let source = sources.map((each) => (sources.length > 1 ? `(?:${each})` : each)).join('|');
  if (options.word) source = `(?:^|\\b)(?:${source})(?:\\b|$)`;
  if (options.line) source = `^(?:${source})$`;
  const { RE2JS } = yield* context.outside(import('re2js'));
  try {
    const compiled = RE2JS.compile(source, options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return {
      find(text, from = 0) {
        const matcher = compiled.matcher(text);
        return matcher.find(from) ? [matcher.start(), matcher.end()] : undefined;
      },
      groups(text) {
        const matcher = compiled.matcher(text);
        if (!matcher.find()) return undefined;
        return Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? undefined);
      },
    };
  } catch {
    return undefined;
  }
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Brackets are copied as they are; what differs is which operators carry a backslash. */
function toRe2(pattern: string, syntax: 'basic' | 'extended'): string {
  const basic = syntax === 'basic';
  let result = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === '[') {
      const end = bracketEnd(pattern, i);
      result += pattern
        .slice(i, end)
        .replace(/\\/g, '\\\\')
        .replace(/(?<!^)\[(?![:.=])/g, '\\[')
        .replace(/^\[(\^?)\]/, '[$1\\]');
      i = end - 1;
    } else if (character === '\\') {
      const next = pattern.charAt(++i);
      if (basic && '(){}|+?'.includes(next) && next !== '') result += next;
      else if (next === '<' || next === '>') result += '\\b';
      else if (next === '`') result += '^';
      else if (next === "'") result += '$';
      else if (/[wWsSbB]/.test(next)) result += `\\${next}`;
      else result += next === '' ? '\\\\' : /[A-Za-z0-9]/.test(next) ? next : `\\${next}`;
    } else if (basic && '(){}|+?'.includes(character)) result += `\\${character}`;
    else if (character === '*' && (result === '' || /(?:^|[^\\])(?:\(|\||\^)$/.test(result))) result += basic ? '\\*' : '';
    else if (basic && character === '^' && i > 0 && !/(?:^|[^\\])[(|]$/.test(result)) result += '\\^';
    else if (basic && character === '$' && i < pattern.length - 1 && !/^\\[)|]/.test(pattern.slice(i + 1))) result += '\\$';
    else if (!basic && character === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(i))) result += '\\{';
    else result += character;
  }
  return result;
}

/** Index behind the bracket expression that begins at `start`. */
function bracketEnd(pattern: string, start: number): number {
  let i = start + 1;
  if (pattern.charAt(i) === '^') i++;
  if (pattern.charAt(i) === ']') i++;
  for (; i < pattern.length; i++) {
    const named = /^\[([:.=])/.exec(pattern.slice(i));
    if (named) {
      const end = pattern.indexOf(`${named[1] ?? ''}]`, i + 2);
      if (end > 0) i = end + 1;
    } else if (pattern.charAt(i) === ']') return i + 1;
  }
  return pattern.length;
}
