/** Command-line flags as cobra and pflag read them, with their error texts. Knows no command's flags. */
import { quoteGo } from '../../../kube/api/yaml/go-text.ts';
import { Failure } from './failure.ts';

export type FlagKind = 'bool' | 'string' | 'int' | 'list' | 'array' | 'duration';

export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly kind: FlagKind;
  /** As text; lists are empty. Booleans: false. */
  readonly initial?: string;
  /** The value when the flag stands without one, such as `--dry-run`. */
  readonly bare?: string;
  /** Without it the subcommand is not even begun. */
  readonly required?: boolean;
}

/** One flag per word: `name`, `n|name`, with `!` for booleans, `=` text, `#` integers, `,` lists, `+` arrays, `~` durations at the end. */
export function flagsOf(...words: readonly string[]): readonly Flag[] {
  return words.map(flagOf);
}

const KIND_BY_MARK: Readonly<Record<string, FlagKind>> = { '!': 'bool', '=': 'string', '#': 'int', ',': 'list', '+': 'array', '~': 'duration' };

function flagOf(word: string): Flag {
  const match = /^(?:(.)\|)?([a-z][a-z0-9-]*)([!=#,+~])(.*)$/.exec(word);
  if (match === null) throw new Error(`bad flag ${word}`);
  const [, short, name = '', mark = '', initial = ''] = match;
  const kind = KIND_BY_MARK[mark] ?? 'string';
  return {
    name,
    kind,
    ...(short === undefined ? {} : { short }),
    ...(initial === '' ? {} : { initial }),
    ...(kind === 'bool' ? { bare: 'true' } : {}),
  };
}

export class FlagValues {
  readonly #flags: ReadonlyMap<string, Flag>;
  readonly #given = new Map<string, string[]>();

  constructor(flags: ReadonlyMap<string, Flag>) {
    this.#flags = flags;
  }

  set(flag: Flag, value: string): void {
    const before = this.#given.get(flag.name) ?? [];
    const added = flag.kind === 'list' ? value.split(',') : [value];
    this.#given.set(flag.name, flag.kind === 'list' || flag.kind === 'array' ? [...before, ...added] : added);
  }

  /** Whether it stands on the command line. */
  given(name: string): boolean {
    return this.#given.has(name);
  }

  text(name: string): string {
    return this.#given.get(name)?.at(-1) ?? this.#flags.get(name)?.initial ?? '';
  }

  bool(name: string): boolean {
    const value = this.text(name);
    return /^(?:1|t|T|true|TRUE|True)$/.test(value);
  }

  integer(name: string): number {
    const value = this.text(name);
    return value === '' ? 0 : Number(value);
  }

  list(name: string): readonly string[] {
    return this.#given.get(name) ?? [];
  }

  /** Milliseconds; 0 when not given. */
  duration(name: string): number {
    return parseDuration(this.text(name)) ?? 0;
  }
}

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `1m30s`, as time.ParseDuration reads it; undefined when it does not. */
export function parseDuration(text: string): number | undefined {
  if (/^[-+]?0$/.test(text)) return 0;
  if (!/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))*$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    sum += Number(number) * (UNIT_MILLISECONDS[unit] ?? 0);
  return text.startsWith('-') ? -sum : sum;
}

export interface ParsedLine {
  readonly args: readonly string[];
  /** Number of arguments before `--`; undefined without one. */
  readonly dash: number | undefined;
  readonly values: FlagValues;
}

/** @param path the command, such as `kubectl get`. Throws Failure, HelpRequest */
export function parseFlags(words: readonly string[], flags: readonly Flag[], path: string): ParsedLine {
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const byShort = new Map(flags.flatMap((flag) => (flag.short === undefined ? [] : [[flag.short, flag] as const])));
  const values = new FlagValues(byName);
  const args: string[] = [];
  const fail = (message: string): Failure => new Failure(`${message}\nSee '${path} --help' for usage.`);
  const set = (flag: Flag, value: string): void => {
    const why = refusalOf(flag, value);
    if (why === undefined) {
      values.set(flag, value);
      return;
    }
    const name = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
    throw fail(`invalid argument ${quoteGo(value)} for "${name}" flag: ${why}`);
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') return { args: [...args, ...words.slice(i + 1)], dash: args.length, values };
    if (!word.startsWith('-') || word === '-') args.push(word);
    else if (word.startsWith('--')) {
      const [, name = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
      if (name === '' || name.startsWith('-')) throw fail(`bad flag syntax: ${word}`);
      const flag = byName.get(name);
      if (flag === undefined) {
        if (name === 'help') throw new HelpRequest();
        throw fail(`unknown flag: --${name}`);
      }
      if (value !== undefined) set(flag, value);
      else if (flag.bare !== undefined) set(flag, flag.bare);
      else if (i + 1 < words.length) set(flag, words[++i] ?? '');
      else throw fail(`flag needs an argument: --${name}`);
    } else {
      let rest = word.slice(1);
      while (rest !== '') {
        const letter = rest[0] ?? '';
        const flag = byShort.get(letter);
        if (flag === undefined) {
          if (letter === 'h') throw new HelpRequest();
          throw fail(`unknown shorthand flag: '${letter}' in -${rest}`);
        }
        const after = rest.slice(1);
        if (after.startsWith('=') && after.length > 1) {
          set(flag, after.slice(1));
          rest = '';
        } else if (flag.bare !== undefined) {
          set(flag, flag.bare);
          rest = after;
        } else if (after !== '') {
          set(flag, after);
          rest = '';
        } else if (i + 1 < words.length) {
          set(flag, words[++i] ?? '');
          rest = '';
        } else throw fail(`flag needs an argument: '${letter}' in -${rest}`);
      }
    }
  }
  return { args, dash: undefined, values };
}

/** `-h` or `--help` was given. */
export class HelpRequest extends Error {}

function refusalOf(flag: Flag, value: string): string | undefined {
  if (flag.kind === 'bool')
    return /^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value)
      ? undefined
      : `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`;
  if (flag.kind === 'int')
    return /^[-+]?(?:\d+|0x[0-9a-fA-F]+)$/.test(value) ? undefined : `strconv.ParseInt: parsing ${quoteGo(value)}: invalid syntax`;
  if (flag.kind !== 'duration' || parseDuration(value) !== undefined) return undefined;
  return durationProblem(value);
}

/** Why time.ParseDuration refuses a text. */
export function durationProblem(value: string): string {
  let rest = value.replace(/^[-+]/, '');
  while (rest !== '') {
    const [whole = '', unit = ''] = /^(?:\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest) ?? [];
    if (whole === '') break;
    if (unit === '') return `time: missing unit in duration ${quoteGo(value)}`;
    if (!(unit in UNIT_MILLISECONDS)) return `time: unknown unit ${quoteGo(unit)} in duration ${quoteGo(value)}`;
    rest = rest.slice(whole.length);
  }
  return `time: invalid duration ${quoteGo(value)}`;
}

/** Required flags that are not given (cobra's ValidateRequiredFlags). Throws Failure */
export function demandRequired(flags: readonly Flag[], values: FlagValues): void {
  const missing = flags.filter((flag) => flag.required === true && !values.given(flag.name)).map((flag) => `"${flag.name}"`);
  if (missing.length > 0) throw new Failure(`required flag(s) ${missing.join(', ')} not set`);
}
