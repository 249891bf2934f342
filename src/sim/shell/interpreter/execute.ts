/** Walks the syntax tree: lists, pipelines, compound commands. Simple commands are in run-simple-command.ts. */
import type { Request, Running, WakeReason } from '../../linux/process/wait.ts';
import { expandArithmetic, expandPattern, expandText, expandWords } from './expand-word.ts';
import { compilePattern, matchesPattern } from './glob-pattern.ts';
import { parseScript } from './parse-script.ts';
import { redirect } from './redirect.ts';
import { startPipeline, waitForeground } from './run-job.ts';
import { runSimpleCommand } from './run-simple-command.ts';
import { runPendingTraps } from './run-traps.ts';
import type { Executor, RunOptions, Shell, TextOptions } from './shell.ts';
import type { Command, List, Statement } from './syntax.ts';
import { evaluateTest } from './test-expression.ts';
import { Unwind } from './unwind.ts';

export const executor: Executor = { list: runList, command: runCommand, text: runText };

function* runText(shell: Shell, source: string, { kind, ...options }: TextOptions): Running {
  shell.enter();
  const script = parseScript(source, shell.dialect.name, kind === 'interactive' ? 1 : kind === 'eval' ? shell.line : 1);
  for (const open of script.openHereDocuments) {
    if (shell.dialect.name !== 'bash') break;
    shell.line = source.split('\n').length;
    shell.complain(`warning: here-document at line ${open.line} delimited by end-of-file (wanted \`${open.delimiter}')`);
  }
  let status = shell.lastStatus;
  if (script.statements.length > 0) status = yield* runList(shell, script.statements, script.problem ? {} : options);
  else if (!script.problem) status = kind === 'eval' || kind === 'file' ? 0 : shell.lastStatus;
  shell.leave();
  if (!script.problem) return status;
  shell.context.err(shell.dialect.syntax(script.problem, { ...shell.where, source: kind }));
  shell.lastStatus = 2;
  if (kind === 'eval' || kind === 'file') {
    if (shell.dialect.name !== 'bash') throw new Unwind({ kind: 'fail', status: 2 });
    return 2;
  }
  return 2;
}

function* runList(shell: Shell, statements: List, options: RunOptions = {}): Running {
  let status = 0;
  const last = statements.length - 1;
  for (const [index, statement] of statements.entries()) {
    if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell);
    if (shell.interrupted) {
      shell.interrupted = false;
      throw new Unwind({ kind: 'fail', status: 130 });
    }
    if (shell.options.has('noexec') && !shell.interactive) return status;
    shell.line = statement.line;
    status = statement.background
      ? yield* startBackground(shell, statement)
      : yield* runCommand(shell, statement.command, index === last && options.tail ? { tail: true } : {});
    shell.lastStatus = status;
    if (statement.command.kind !== 'pipeline') shell.pipeStatus = [status];
  }
  if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell);
  return status;
}

function* startBackground(shell: Shell, statement: Statement): Running {
  const { command } = statement;
  const pipeline = command.kind === 'pipeline' && !command.negated && !command.timed;
  const started = yield* startPipeline(shell, pipeline ? command.commands : [command], {
    background: true,
    ...(pipeline ? { withErrors: command.withErrors } : {}),
  });
  const job = shell.jobs.add({ ...started, command: statement.source, background: true });
  const last = started.members.at(-1);
  shell.lastBackground = last?.pid;
  if (shell.interactive && shell.dialect.name === 'bash') shell.context.err(`[${job.number}] ${last?.pid ?? 0}\n`);
  return 0;
}

function* runCommand(shell: Shell, command: Command, options: RunOptions = {}): Running {
  switch (command.kind) {
    case 'simple': {
      const status = yield* runSimpleCommand(shell, command, options);
      return yield* checked(shell, status);
    }
    case 'pipeline':
      return yield* runPipeline(shell, command, options);
    case 'and-or': {
      let status = yield* tested(shell, command.first);
      for (const [index, { operator, command: next }] of command.rest.entries()) {
        shell.lastStatus = status;
        if ((operator === '&&') !== (status === 0)) continue;
        status = index === command.rest.length - 1 ? yield* runCommand(shell, next, options) : yield* tested(shell, next);
      }
      return status;
    }
    case 'group':
      return yield* nested(shell, runList(shell, command.body, options));
    case 'subshell': {
      if (options.tail && !shell.hasHandlers) return yield* nested(shell, runList(shell, command.body, options));
      return yield* checked(shell, yield* runForked(shell, command));
    }
    case 'redirected': {
      const saved = yield* redirect(shell, command.redirections);
      if (!saved) return yield* checked(shell, shell.dialect.redirectStatus);
      try {
        return yield* runCommand(shell, command.command);
      } finally {
        saved.restore();
      }
    }
    case 'if': {
      for (const branch of command.branches) {
        if ((yield* testedList(shell, branch.condition)) === 0) return yield* nested(shell, runList(shell, branch.body, options));
      }
      return command.otherwise ? yield* nested(shell, runList(shell, command.otherwise, options)) : 0;
    }
    case 'for':
    case 'counting-for':
    case 'select':
    case 'while':
      return yield* nested(shell, runLoop(shell, command));
    case 'case':
      return yield* runCase(shell, command, options);
    case 'function':
      shell.functions.set(command.name, command.body);
      return 0;
    case 'test':
      return yield* checked(shell, (yield* evaluateTest(shell, command.expression)) ? 0 : 1);
    case 'arithmetic':
      return yield* checked(shell, (yield* expandArithmetic(shell, command.expression)) !== 0n ? 0 : 1);
  }
}

/** `set -e`: a failure that nobody tests ends the shell. */
function* checked(shell: Shell, status: number): Running {
  const trap = status !== 0 && shell.tested === 0 && shell.functionDepth === 0 ? shell.traps.get('ERR') : undefined;
  if (trap !== undefined && trap !== '') {
    shell.traps.delete('ERR');
    shell.lastStatus = status;
    yield* runText(shell, trap, { kind: 'eval' });
    shell.traps.set('ERR', trap);
  }
  if (status !== 0 && shell.options.has('errexit') && shell.tested === 0) {
    shell.lastStatus = status;
    throw new Unwind({ kind: 'exit', status });
  }
  return status;
}

function* nested(shell: Shell, body: Running): Running {
  shell.enter();
  const status = yield* body;
  shell.leave();
  return status;
}

function* tested(shell: Shell, command: Command): Running {
  shell.tested++;
  try {
    return yield* runCommand(shell, command);
  } finally {
    shell.tested--;
  }
}

function* testedList(shell: Shell, list: List): Running {
  shell.tested++;
  try {
    return yield* runList(shell, list);
  } finally {
    shell.tested--;
  }
}

function* runPipeline(shell: Shell, pipeline: Extract<Command, { kind: 'pipeline' }>, options: RunOptions): Running {
  const started = shell.context.simulation.now;
  let status: number;
  const only = pipeline.commands[0];
  if (pipeline.commands.length === 1 && only) {
    status = pipeline.negated ? yield* tested(shell, only) : yield* runCommand(shell, only, pipeline.timed ? {} : options);
  } else {
    const running = yield* startPipeline(shell, pipeline.commands, { background: false, withErrors: pipeline.withErrors });
    status = yield* waitForeground(shell, { ...running, number: 0, command: pipeline.source, background: false, notified: true, order: 0 });
    if (!pipeline.negated) yield* checked(shell, status);
  }
  if (pipeline.timed) shell.context.err(timeReport(shell, (shell.context.simulation.now - started) / 1000, pipeline.timed === 'posix'));
  return pipeline.negated ? Number(status === 0) : status;
}

function timeReport(shell: Shell, seconds: number, posix: boolean): string {
  if (posix) return `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`;
  if (shell.dialect.name === 'ash') return `real\t0m ${seconds.toFixed(2)}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n`;
  const minutes = Math.floor(seconds / 60);
  return `\nreal\t${minutes}m${(seconds - minutes * 60).toFixed(3)}s\nuser\t0m0.001s\nsys\t0m0.001s\n`;
}

/** A subshell in the foreground. */
function* runForked(shell: Shell, command: Extract<Command, { kind: 'subshell' }>): Running {
  const started = yield* startPipeline(shell, [{ ...command, kind: 'group', source: command.source }], { background: false });
  return yield* waitForeground(shell, { ...started, number: 0, command: command.source, background: false, notified: true, order: 0 });
}

function* runLoop(shell: Shell, loop: Extract<Command, { kind: 'for' | 'counting-for' | 'select' | 'while' }>): Running {
  shell.loopDepth++;
  try {
    switch (loop.kind) {
      case 'for': {
        const words = loop.words ? yield* expandWords(shell, loop.words) : shell.positional;
        let status = 0;
        for (const word of words) {
          shell.assign(loop.name, word);
          const round = yield* runRound(shell, loop.body);
          status = round.status;
          if (round.over) break;
        }
        return status;
      }
      case 'select':
        return yield* runSelect(shell, loop);
      case 'counting-for': {
        let status = 0;
        for (
          yield* expandArithmetic(shell, loop.start);
          loop.test.parts.every((each) => each.kind === 'text' && each.text === '') || (yield* expandArithmetic(shell, loop.test)) !== 0n;
          yield* expandArithmetic(shell, loop.step)
        ) {
          const round = yield* runRound(shell, loop.body);
          status = round.status;
          if (round.over) break;
        }
        return status;
      }
      case 'while': {
        let status = 0;
        for (;;) {
          const condition = yield* runRound(shell, loop.condition, true);
          if (condition.over || (condition.status === 0) === loop.until) return status;
          const round = yield* runRound(shell, loop.body);
          status = round.status;
          if (round.over) return status;
        }
      }
    }
  } finally {
    shell.loopDepth--;
  }
}

/** Bash's menu: shows the words with numbers and runs the body for each answer. */
function* runSelect(shell: Shell, loop: Extract<Command, { kind: 'select' }>): Running {
  const words = loop.words ? yield* expandWords(shell, loop.words) : shell.positional;
  if (words.length === 0) return 0;
  const menu = words.map((word, index) => `${String(index + 1).padStart(String(words.length).length)}) ${word}\n`).join('');
  for (let shown = false; ;) {
    shell.context.err(`${shown ? '' : menu}${shell.variables.get('PS3') ?? '#? '}`);
    const answer = yield* shell.context.readLine(0);
    if (answer === undefined) {
      shell.context.out('\n');
      return 1;
    }
    shown = answer.trim() !== '';
    if (!shown) continue;
    shell.assign('REPLY', answer);
    shell.assign(loop.name, words[Number(answer.trim()) - 1] ?? '');
    const round = yield* runRound(shell, loop.body);
    if (round.over) return round.status;
  }
}

function* runRound(shell: Shell, body: List, condition = false): Generator<Request, { readonly status: number; readonly over: boolean }, WakeReason> {
  yield* shell.context.checkpoint();
  try {
    return { status: condition ? yield* testedList(shell, body) : yield* runList(shell, body), over: false };
  } catch (reason) {
    if (!(reason instanceof Unwind) || (reason.reason.kind !== 'break' && reason.reason.kind !== 'continue')) throw reason;
    if (reason.reason.levels > 1 && shell.loopDepth > 1) throw new Unwind({ ...reason.reason, levels: reason.reason.levels - 1 });
    return { status: 0, over: reason.reason.kind === 'break' };
  }
}

function* runCase(shell: Shell, command: Extract<Command, { kind: 'case' }>, options: RunOptions): Running {
  const word = yield* expandText(shell, command.word);
  let status = 0;
  let falling = false;
  for (const item of command.items) {
    let matches = falling;
    for (const pattern of matches ? [] : item.patterns) {
      matches = matchesPattern(compilePattern(yield* expandPattern(shell, pattern)), word);
      if (matches) break;
    }
    if (!matches) continue;
    status = item.body.length > 0 ? yield* nested(shell, runList(shell, item.body, item.end === ';;' ? options : {})) : 0;
    if (item.end === ';;') return status;
    falling = item.end === ';&';
  }
  return status;
}
