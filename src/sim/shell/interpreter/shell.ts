/** The state of one running shell: variables, functions, options, jobs, traps. What it does with them is in the files around this one. */
import { deliver } from '../../linux/process/signal-delivery.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../../linux/process/signals.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import type { Process } from '../../linux/process/process.ts';
import type { Running } from '../../linux/process/wait.ts';
import { pidIn } from '../../linux/process/process.ts';
import { DIALECTS, type Dialect, type Where } from './dialect.ts';
import { JobTable } from './job-table.ts';
import type { DialectName } from './parse-script.ts';
import { ShellVariables } from './shell-variables.ts';
import type { Command, List } from './syntax.ts';
import { Unwind } from './unwind.ts';

export type ShellOption =
  | 'allexport'
  | 'errexit'
  | 'noexec'
  | 'noglob'
  | 'nounset'
  | 'verbose'
  | 'xtrace'
  | 'pipefail'
  | 'monitor'
  | 'noclobber'
  | 'notify'
  | 'ignoreeof'
  | 'interactive'
  | 'braceexpand'
  | 'hashall'
  | 'emacs'
  | 'vi'
  | 'histexpand'
  | 'history'
  | 'posix'
  | 'stdin';

/** One letter options, as `set -e` and `$-` name them. */
export const OPTION_LETTERS: Readonly<Record<string, ShellOption>> = {
  a: 'allexport',
  b: 'notify',
  C: 'noclobber',
  e: 'errexit',
  f: 'noglob',
  m: 'monitor',
  n: 'noexec',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
};

/** Deepest nesting of functions, substitutions and compound commands. */
const DEPTH_LIMIT = 300;

export interface RunOptions {
  /** The process ends after this: its last command may replace it. */
  readonly tail?: boolean;
}

export interface TextOptions extends RunOptions {
  /** Where the text comes from, for complaints about its syntax. */
  readonly kind: 'eval' | 'file' | 'command' | 'interactive';
}

/** The walker of the syntax tree, given to a shell when it is made so that words and builtins can run scripts. */
export interface Executor {
  list(shell: Shell, statements: List, options?: RunOptions): Running;
  command(shell: Shell, command: Command, options?: RunOptions): Running;
  /** Parses and runs a text in this shell, as `eval` and traps do. */
  text(shell: Shell, source: string, options: TextOptions): Running;
}

export interface ShellSetup {
  readonly context: ProcessContext;
  readonly dialect: DialectName;
  readonly executor: Executor;
  readonly arg0: string;
  readonly positional?: readonly string[];
}

export class Shell {
  readonly context: ProcessContext;
  readonly dialect: Dialect;
  readonly executor: Executor;
  arg0: string;
  positional: readonly string[];
  variables: ShellVariables;
  functions = new Map<string, Command>();
  aliases = new Map<string, string>();
  options = new Set<ShellOption>();
  lastStatus = 0;
  lastBackground: number | undefined;
  pipeStatus: readonly number[] = [0];
  line = 1;
  /** How the text that runs came in. */
  source: 'command' | 'file' | 'interactive' | 'stdin' = 'command';
  /** The file that is being read, or the name given behind `-c TEXT`. */
  script: string | undefined;
  readonly jobs: JobTable;
  readonly traps = new Map<string, string>();
  readonly pendingTraps: SignalName[] = [];
  loopDepth = 0;
  functionDepth = 0;
  /** Of the functions that run, the innermost last. */
  functionNames: readonly string[] = [];
  sourceDepth = 0;
  depth = 0;
  subshell = false;
  /** Above 0 in conditions, where a failure does not count for `set -e`. */
  tested = 0;
  interactive = false;
  login = false;
  /** Bash expands aliases in interactive shells only, and in subshells of these. */
  expandsAliases = false;
  /** Whether the last command was an attempt to leave stopped jobs. */
  warnedOfJobs = false;
  /** What signals do in an interactive shell where no trap says otherwise. */
  readonly interactiveActions = new Map<SignalName, () => void>();
  /** Ctrl-C came while something ran that did not die of it. */
  interrupted = false;
  /** Process number that `$$` shows: that of the outermost shell. */
  mainPid: number;
  history: string[] = [];
  previousDirectory: string | undefined;
  /** Working directory with the links that were followed to it. */
  logicalDirectory: string;
  directoryStack: string[] = [];
  hashed = new Map<string, { readonly path: string; hits: number }>();

  constructor(setup: ShellSetup) {
    this.context = setup.context;
    this.dialect = DIALECTS[setup.dialect];
    this.executor = setup.executor;
    this.jobs = new JobTable({ byUse: setup.dialect !== 'bash' });
    this.arg0 = setup.arg0;
    this.positional = setup.positional ?? [];
    this.variables = ShellVariables.of(setup.context.env);
    this.mainPid = setup.context.pid;
    this.logicalDirectory = setup.context.cwd;
  }

  /** The same shell in a forked process: jobs stay behind, traps are reset. */
  clone(context: ProcessContext): Shell {
    const copy = new Shell({ context, dialect: this.dialect.name, executor: this.executor, arg0: this.arg0, positional: this.positional });
    copy.variables = this.variables.clone();
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.options = new Set(this.options);
    copy.options.delete('monitor');
    copy.lastStatus = this.lastStatus;
    copy.lastBackground = this.lastBackground;
    copy.pipeStatus = this.pipeStatus;
    copy.line = this.line;
    copy.source = this.source;
    copy.script = this.script;
    copy.loopDepth = this.loopDepth;
    copy.functionDepth = this.functionDepth;
    copy.functionNames = this.functionNames;
    copy.sourceDepth = this.sourceDepth;
    copy.depth = this.depth;
    copy.tested = this.tested;
    copy.expandsAliases = this.expandsAliases;
    copy.subshell = true;
    copy.mainPid = this.mainPid;
    copy.history = [...this.history];
    copy.previousDirectory = this.previousDirectory;
    copy.logicalDirectory = this.logicalDirectory;
    for (const [name, action] of this.traps) if (action === '') copy.traps.set(name, '');
    return copy;
  }

  /** Whether a trap still has something to run; one that only ignores a signal goes on in whatever the process becomes. */
  get hasHandlers(): boolean {
    return [...this.traps.values()].some((action) => action !== '');
  }

  get where(): Where {
    return { arg0: this.arg0, line: this.line, interactive: this.source === 'interactive', script: this.script };
  }

  /** Writes a complaint in the shell's own form. @param builtin the builtin that complains */
  complain(message: string, builtin?: string): void {
    const line = this.dialect.name === 'ash' && this.source === 'command' ? 0 : this.line;
    this.context.err(`${this.dialect.prefix({ ...this.where, line, builtin })}${message}\n`);
  }

  /** Complains and leaves: a script ends, an interactive shell comes back to its prompt. */
  fail(message: string, options: { readonly builtin?: string; readonly status?: number } = {}): never {
    this.complain(message, options.builtin);
    throw new Unwind({ kind: 'fail', status: options.status ?? this.dialect.errorStatus });
  }

  /** Counts nesting; too much of it ends the script as a real shell's stack does. */
  enter(): void {
    if (++this.depth > DEPTH_LIMIT) {
      this.depth = 0;
      if (this.subshell) this.#outOfProcesses();
      this.#outOfStack();
    }
  }

  /** More was asked for than a shell's process may have. @param bytes what it holds, for bash's words (xmalloc.c) */
  outOfMemory(bytes: number): never {
    if (this.dialect.name !== 'bash') this.fail(this.dialect.name === 'ash' ? 'out of memory' : 'Out of space');
    this.context.err(`${this.arg0}: xrealloc: cannot allocate ${Math.ceil((bytes + 1) / 128) * 128} bytes\n`);
    throw new Unwind({ kind: 'exit', status: 2 });
  }

  /** What a chain of ever more subshells ends in. */
  #outOfProcesses(): never {
    this.complain(this.dialect.name === 'bash' ? 'fork: retry: Resource temporarily unavailable' : "can't fork: Resource temporarily unavailable");
    throw new Unwind({ kind: 'exit', status: 254 });
  }

  /** Dash counts its functions (eval.c, MAXFUNC); the others run into the end of their stack. */
  #outOfStack(): never {
    if (this.dialect.name === 'dash') this.fail('Maximum function recursion depth (1000) reached');
    deliver(this.context.process, 'SIGSEGV', { force: true });
    throw new Unwind({ kind: 'exit', status: signalStatus('SIGSEGV') });
  }

  leave(): void {
    if (this.depth > 0) this.depth--;
  }

  /** Whether children get process groups of their own. */
  get jobControl(): boolean {
    return this.options.has('monitor');
  }

  /** The number of `process` as this shell sees it. */
  pidOf(process: Process): number {
    return pidIn(process, this.context.process.namespaces.pid) ?? 0;
  }

  /** Sets a variable or leaves with the shell's complaint. */
  assign(name: string, value: string | ReadonlyMap<string, string>): void {
    if (this.variables.set(name, value, this.options.has('allexport') ? { exported: true } : {})) {
      this.variables.settle(name);
      if (name === 'PATH') this.hashed.clear();
      return;
    }
    if (this.variables.find(name)?.readonly) this.fail(this.dialect.readonly(name));
    this.outOfMemory(typeof value === 'string' ? value.length : 8 * value.size);
  }

  /** `$x` and its like; undefined when unset. */
  parameter(name: string): string | undefined {
    if (/^\d+$/.test(name)) return name === '0' ? this.arg0 : this.positional[Number(name) - 1];
    switch (name) {
      case '?':
        return String(this.lastStatus);
      case '$':
        return String(this.mainPid);
      case '!':
        return this.lastBackground === undefined ? undefined : String(this.lastBackground);
      case '#':
        return String(this.positional.length);
      case '-':
        return this.#flags();
      case '@':
      case '*':
        return this.positional.length === 0 ? undefined : this.positional.join(' ');
      default:
        return this.variables.get(name) ?? this.#computed(name);
    }
  }

  #flags(): string {
    const letters = Object.entries(OPTION_LETTERS)
      .filter(([, option]) => this.options.has(option))
      .map(([letter]) => letter)
      .join('');
    if (this.dialect.name !== 'bash')
      return `${letters}${this.interactive ? 'i' : ''}${this.source === 'command' ? 'c' : this.interactive ? 's' : ''}`;
    return `${letters.replaceAll('x', '').replaceAll('u', '')}${'hB'}${this.interactive ? 'Hi' : ''}${this.source === 'command' ? 'c' : this.interactive ? 's' : ''}${this.options.has('xtrace') ? 'x' : ''}`;
  }

  #computed(name: string): string | undefined {
    const { process, simulation } = this.context;
    switch (name) {
      case 'LINENO':
        return String(this.dialect.name === 'ash' && this.source === 'command' ? 0 : this.line);
      case 'FUNCNAME':
        return this.functionNames.at(-1);
      case 'PPID':
        return String(process.parent ? this.pidOf(process.parent) : 0);
      case 'RANDOM':
        return String(simulation.random.integer(0, 32_767));
      case 'IFS':
        return undefined;
      default:
        return this.dialect.name === 'bash' ? this.#bashOnly(name) : undefined;
    }
  }

  #bashOnly(name: string): string | undefined {
    const { process, simulation } = this.context;
    switch (name) {
      case 'BASHPID':
        return String(this.context.pid);
      case 'UID':
      case 'EUID':
        return String(process.credentials.uid);
      case 'SECONDS':
        return String(Math.floor((simulation.now - process.startedAt) / 1000));
      case 'EPOCHSECONDS':
        return String(Math.floor(simulation.wallClock / 1000));
      case 'HOSTNAME':
        return process.namespaces.uts.hostname;
      case 'HOSTTYPE':
        return 'x86_64';
      case 'OSTYPE':
        return 'linux-gnu';
      case 'MACHTYPE':
        return 'x86_64-pc-linux-gnu';
      case 'BASH':
        return process.exe;
      case 'BASH_VERSION':
        return '5.2.15(1)-release';
      case 'SHLVL':
        return '1';
      case 'PIPESTATUS':
        return String(this.pipeStatus[0] ?? 0);
      default:
        return undefined;
    }
  }
}

/** `$?` of a child that a signal ended. */
export function signalStatus(signal: SignalName): number {
  return 128 + SIGNAL_NUMBERS[signal];
}
