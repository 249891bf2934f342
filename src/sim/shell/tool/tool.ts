/**
 * One tool in two families: BusyBox in containers, GNU (and its Debian neighbours) on nodes. Reads the options, answers
 * `--help` and mistakes as the family does, and hands the rest to the tool. Knows no tool itself.
 */
import type { Errno } from '../../linux/errno.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import type { Program, Running } from '../../linux/process/wait.ts';
import type { Command, Suite } from '../command.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../options/busybox-usage.ts';
import { has, parseOptions, valueOf, type OptionRules, type ParsedOptions } from '../options/parse-options.ts';

export type Family = 'busybox' | 'gnu';

export interface ToolDescription {
  readonly name: string;
  /** The package that has it on nodes. */
  readonly suite: Suite;
  readonly summary: { readonly zh: string; readonly en: string };
  /** BusyBox's usage behind `Usage: `. */
  readonly usage: string;
  /** GNU's usage behind `Usage: `, first line. */
  readonly gnuUsage?: string;
  readonly busybox: OptionRules;
  readonly gnu: OptionRules;
  /** GNU's exit code for a mistake in the options. */
  readonly mistake?: number;
  /** GNU's answer to `--version`, first line. */
  readonly version?: string;
  readonly run: (call: ToolCall) => Running;
}

export class ToolCall {
  readonly context: ProcessContext;
  readonly family: Family;
  readonly name: string;
  readonly parsed: ParsedOptions;
  readonly #description: ToolDescription;

  constructor(
    context: ProcessContext,
    { family, parsed, description }: { readonly family: Family; readonly parsed: ParsedOptions; readonly description: ToolDescription },
  ) {
    this.context = context;
    this.family = family;
    this.name = description.name;
    this.parsed = parsed;
    this.#description = description;
  }

  get busybox(): boolean {
    return this.family === 'busybox';
  }

  get operands(): readonly string[] {
    return this.parsed.operands;
  }

  has(...names: readonly string[]): boolean {
    return has(this.parsed, ...names);
  }

  value(...names: readonly string[]): string | undefined {
    return valueOf(this.parsed, ...names);
  }

  out(text: string): void {
    this.context.out(text);
  }

  /** `name: message` on standard error. @returns 1 */
  complain(message: string): number {
    this.context.err(`${this.name}: ${message}\n`);
    return 1;
  }

  /** A file that could not be used. @param gnu GNU's words before the error, with the file in them */
  complainFile(error: Errno, texts: { readonly busybox: string; readonly gnu: string }): number {
    return this.complain(`${this.busybox ? texts.busybox : texts.gnu}: ${error.text}`);
  }

  /** GNU's quotes: curly where the locale has them. */
  quote(text: string): string {
    const { env } = this.context;
    const locale = env.get('LC_ALL') ?? env.get('LC_CTYPE') ?? env.get('LANG') ?? '';
    return /utf-?8/i.test(locale) ? `‘${text}’` : `'${text}'`;
  }

  /** Too few or too many words: BusyBox shows its usage, GNU says `message` and where to look. */
  misuse(message: string | undefined, code = this.#description.mistake ?? 1): number {
    if (this.busybox) {
      writeBusyboxUsage(this.context, this.#description.usage);
      return 1;
    }
    if (message !== undefined) this.complain(message);
    this.context.err(this.#description.suite === 'procps' ? procpsUsage(this.#description) : `Try '${this.name} --help' for more information.\n`);
    return code;
  }
}

/** procps shows its usage at once instead of saying where to look. */
function procpsUsage({ gnuUsage, usage }: ToolDescription): string {
  return `\nUsage:\n ${gnuUsage ?? usage}\n`;
}

/** The commands of both families. */
export function defineTool(description: ToolDescription): { readonly busybox: Command; readonly gnu: Command } {
  const command = (family: Family): Command => ({
    name: description.name,
    suite: family === 'busybox' ? 'busybox' : description.suite,
    summary: description.summary,
    options: optionNames(family === 'busybox' ? description.busybox : description.gnu),
    run: programOf(description, family),
  });
  return { busybox: command('busybox'), gnu: command('gnu') };
}

function optionNames(rules: OptionRules): string[] {
  return [...rules.short.replaceAll(':', '')].map((each) => `-${each}`).concat(Object.keys(rules.long ?? {}).map((each) => `--${each}`));
}

function programOf(description: ToolDescription, family: Family): Program {
  return function* (context) {
    const { name, usage } = description;
    if (family === 'busybox') {
      if (wantsHelp(context)) {
        writeBusyboxUsage(context, usage);
        return 0;
      }
      const parsed = parseOptions(context.args, description.busybox);
      if (parsed.kind === 'mistake') return busyboxMistake(context, { name, message: parsed.message, usage });
      return yield* description.run(new ToolCall(context, { family, parsed, description }));
    }
    if (context.args.includes('--help') && !description.gnu.stopAtOperand) {
      const spaced = description.suite === 'procps' || description.suite === 'util-linux';
      context.out(spaced ? procpsUsage(description) : `Usage: ${description.gnuUsage ?? usage}\n`);
      return 0;
    }
    if (context.args[0] === '--version') {
      context.out(`${description.version ?? `${name} (GNU coreutils) 9.1`}\n`);
      return 0;
    }
    const parsed = parseOptions(context.args, description.gnu);
    if (parsed.kind === 'mistake') {
      context.err(
        `${name}: ${parsed.message}\n${description.suite === 'procps' ? procpsUsage(description) : `Try '${name} --help' for more information.\n`}`,
      );
      return description.mistake ?? 1;
    }
    return yield* description.run(new ToolCall(context, { family, parsed, description }));
  };
}
