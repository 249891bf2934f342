/** getopt_long(3): options and operands of a command line, and the messages for mistakes. What options mean is the command's business. */

export interface OptionRules {
  /** As in C: `a` a flag, `b:` with an argument, `c::` with one that must be attached. */
  readonly short: string;
  /** Long names and whether they take an argument. */
  readonly long?: Readonly<Record<string, 'none' | 'required' | 'optional'>>;
  /** Stops at the first operand, as programs that run other programs do (`+`). */
  readonly stopAtOperand?: boolean;
  /** Every word is an operand: the program reads its command line in a way of its own. */
  readonly raw?: boolean;
}

export interface GivenOption {
  /** One letter, or the whole long name. */
  readonly name: string;
  readonly value: string | undefined;
}

export interface ParsedOptions {
  readonly kind: 'parsed';
  /** In the order given. */
  readonly options: readonly GivenOption[];
  readonly operands: readonly string[];
}

/** The C library's message without the program's name, such as `invalid option -- 'z'`. */
export interface OptionMistake {
  readonly kind: 'mistake';
  readonly message: string;
}

/** @param words the command line without the program's name */
export function parseOptions(words: readonly string[], rules: OptionRules): ParsedOptions | OptionMistake {
  if (rules.raw) return { kind: 'parsed', options: [], operands: words };
  const options: GivenOption[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      if (rules.stopAtOperand) {
        operands.push(...words.slice(at));
        break;
      }
      operands.push(word);
      continue;
    }
    const next = word.startsWith('--') ? longOption(word, words[at + 1], rules) : shortOptions(word, words[at + 1], rules);
    if ('message' in next) return { kind: 'mistake', message: next.message };
    options.push(...next.given);
    if (next.tookNext) at++;
  }
  return { kind: 'parsed', options, operands };
}

type Step = { readonly given: readonly GivenOption[]; readonly tookNext: boolean } | { readonly message: string };

function shortOptions(word: string, next: string | undefined, rules: OptionRules): Step {
  const given: GivenOption[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = word.charAt(at);
    const place = name === ':' ? -1 : rules.short.indexOf(name);
    if (place < 0) return { message: `invalid option -- '${name}'` };
    if (rules.short[place + 1] !== ':') {
      given.push({ name, value: undefined });
      continue;
    }
    const attached = word.slice(at + 1);
    if (rules.short[place + 2] === ':') return { given: [...given, { name, value: attached === '' ? undefined : attached }], tookNext: false };
    if (attached !== '') return { given: [...given, { name, value: attached }], tookNext: false };
    if (next === undefined) return { message: `option requires an argument -- '${name}'` };
    return { given: [...given, { name, value: next }], tookNext: true };
  }
  return { given, tookNext: false };
}

function longOption(word: string, next: string | undefined, rules: OptionRules): Step {
  const equals = word.indexOf('=');
  const typed = word.slice(2, equals < 0 ? undefined : equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const long = rules.long ?? {};
  const candidates = Object.hasOwn(long, typed) ? [typed] : Object.keys(long).filter((name) => name.startsWith(typed));
  if (candidates.length > 1)
    return { message: `option '--${typed}' is ambiguous; possibilities: ${candidates.map((name) => `'--${name}'`).join(' ')}` };
  const [name] = candidates;
  if (name === undefined) return { message: `unrecognized option '--${typed}'` };
  const argument = long[name];
  if (argument === 'none')
    return value === undefined
      ? { given: [{ name, value: undefined }], tookNext: false }
      : { message: `option '--${name}' doesn't allow an argument` };
  if (argument === 'optional' || value !== undefined) return { given: [{ name, value }], tookNext: false };
  if (next === undefined) return { message: `option '--${name}' requires an argument` };
  return { given: [{ name, value: next }], tookNext: true };
}

/** Whether any of `names` was given. */
export function has(parsed: ParsedOptions, ...names: readonly string[]): boolean {
  return parsed.options.some((option) => names.includes(option.name));
}

/** The value of the last of `names`. */
export function valueOf(parsed: ParsedOptions, ...names: readonly string[]): string | undefined {
  return parsed.options.findLast((option) => names.includes(option.name))?.value;
}
