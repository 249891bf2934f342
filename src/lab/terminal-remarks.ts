/**
 * Recognises in a terminal's output the messages of real components that need an explanation, and the place in the typed
 * line that they are about. Codes and parameters only: the words are content/locales' (`remark.<code>`).
 */
import { editDistance } from '../sim/shell/commands/kubectl/suggestions.ts';
import type { TerminalRemark } from './bench-contract.ts';

interface Rule {
  readonly code: string;
  /** Its first group, if any, is what the message names. */
  readonly pattern: RegExp;
}

/** The first rule that fits a line explains it; lines further down are not looked at. */
const RULES: readonly Rule[] = [
  { code: 'commandNotFound', pattern: /^-?(?:bash|sh|ash): (?:line \d+: )?([^\s:/]+): (?:command )?not found$/ },
  { code: 'noSuchVerb', pattern: /^error: unknown command "([^"]+)" for "kubectl/ },
  {
    code: 'noSuchFlag',
    pattern: /^(?:error: unknown (?:flag|shorthand flag): |\w+: (?:unrecognized|invalid|unknown) option (?:-- )?)'?(-{0,2}[\w-]+)/,
  },
  { code: 'noSuchResource', pattern: /^error: the server doesn't have a resource type "([^"]+)"/ },
  { code: 'podSecurity', pattern: /violates PodSecurity "/ },
  { code: 'forbidden', pattern: /^Error from server \(Forbidden\)/ },
  { code: 'noSuchObject', pattern: /^Error from server \(NotFound\): (?:error when [^:]+: )?\S+ "([^"]+)" not found/ },
  { code: 'alreadyExists', pattern: /^Error from server \(AlreadyExists\): (?:error when [^:]+: )?\S+ "([^"]+)" already exists/ },
  { code: 'noContainer', pattern: /unable to upgrade connection: (?:container not found|pod \S+ does not have a host)/ },
  { code: 'noSuchFile', pattern: /^error: the path "([^"]+)" does not exist/ },
  { code: 'portInUse', pattern: /EADDRINUSE|[Aa]ddress already in use/ },
  { code: 'noSuchProcess', pattern: /: No such process$/ },
  { code: 'notPermitted', pattern: /: Operation not permitted$|: Permission denied$|permission denied \(are you root\?\)$/ },
  { code: 'noSuchHost', pattern: /Could not resolve host: (\S+)|bad address '([^']+)'|can't resolve '([^']+)'|: Name or service not known$/ },
  { code: 'timedOut', pattern: /Connection timed out|download timed out/ },
  { code: 'refused', pattern: /Connection refused|: Couldn't connect to server$/ },
];

/** Every code that can be reported; each must have words in every locale. */
export const REMARK_CODES: readonly string[] = ['commandMeant', ...RULES.map(({ code }) => code)];

/** Output of one command that is looked at; what a flood brings beyond it is not explained. */
const MOST_READ = 8_000;
// Colours, cursor movements and titles, as a terminal swallows them (ECMA-48).

const CONTROL = /\u001b(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007]*\u0007|[=>()][A-Z\d]?)|\r/g;

/**
 * Explains what a command has printed so far.
 * @param line the command line as typed, for the position
 * @param output as the terminal received it since the line was sent off
 * @param commands names that exist at this place, for suggestions
 */
export function remarkOn({ line, output, commands }: RemarkRequest): TerminalRemark | undefined {
  for (const printed of output.slice(0, MOST_READ).replace(CONTROL, '').split('\n')) {
    const text = printed.trimEnd();
    for (const { code, pattern } of RULES) {
      const found = pattern.exec(text);
      if (!found) continue;
      const name = found.slice(1).find((group) => group !== undefined);
      const suggestion = code === 'commandNotFound' && name !== undefined ? nearest(name, commands) : undefined;
      const at = name === undefined ? -1 : line.indexOf(name);
      return {
        code: suggestion === undefined ? code : 'commandMeant',
        upstream: text,
        params: { ...(name === undefined ? {} : { name }), ...(suggestion === undefined ? {} : { suggestion }) },
        ...(at < 0 ? {} : { column: at + 1 }),
      };
    }
  }
  return undefined;
}

interface RemarkRequest {
  readonly line: string;
  readonly output: string;
  readonly commands: readonly string[];
}

/** Watches one terminal: what is typed there and what it receives. Tells each remark once, and when a new line ends it. */
export class RemarkWatcher {
  readonly #commands: readonly string[];
  readonly #tell: (remark: TerminalRemark | undefined) => void;
  #typed = '';
  #line = '';
  #output = '';
  #told = false;

  constructor(commands: readonly string[], tell: (remark: TerminalRemark | undefined) => void) {
    this.#commands = commands;
    this.#tell = tell;
  }

  typed(text: string): void {
    for (const character of text) {
      if (character === '\r' || character === '\n') {
        this.#line = this.#typed;
        this.#typed = '';
        this.#output = '';
        if (this.#told) this.#tell(undefined);
        this.#told = false;
      } else if (character === '\u007f') this.#typed = this.#typed.slice(0, -1);
      else if (character === '\u0003' || character === '\u0015') this.#typed = '';
      else if (character >= ' ') this.#typed += character;
    }
  }

  received(text: string): void {
    if (this.#told || this.#output.length >= MOST_READ) return;
    this.#output += text.slice(0, MOST_READ - this.#output.length);
    // A line that is still coming is not judged: its end decides.
    const whole = this.#output.slice(0, this.#output.lastIndexOf('\n') + 1);
    const remark = remarkOn({ line: this.#line, output: whole, commands: this.#commands });
    if (!remark) return;
    this.#told = true;
    this.#tell(remark);
  }
}

/** @returns the command that is one slip away, two for long names */
function nearest(name: string, commands: readonly string[]): string | undefined {
  const limit = name.length > 4 ? 2 : 1;
  const ranked = commands
    .map((command) => ({ command, steps: editDistance(name.toLowerCase(), command) }))
    .filter(({ steps }) => steps <= limit)
    .sort((a, b) => a.steps - b.steps || a.command.localeCompare(b.command, 'en'));
  return ranked[0]?.command;
}
