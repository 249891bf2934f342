/** timeout, time, nohup, watch: run another program under some condition. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Process } from '../../../linux/process/process.ts';
import { SIGNAL_NUMBERS, signalName, type SignalName } from '../../../linux/process/signals.ts';
import { ownPid } from '../../../linux/process/process.ts';
import { parseDuration } from '../../tool/count.ts';
import { findOnPath } from '../../tool/run-program.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const timeout = defineTool({
  name: 'timeout',
  suite: 'coreutils',
  summary: { zh: '限时运行命令', en: 'Runs a command for a limited time' },
  usage:
    'timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS\n\nRun PROG. Send SIG to it if it is not gone in SECS seconds.\nDefault SIG: TERM.\nIf it still exists in KILL_SECS seconds, send KILL.',
  gnuUsage: 'timeout [OPTION] DURATION COMMAND [ARG]...',
  busybox: { short: 's:k:', stopAtOperand: true },
  gnu: {
    short: 's:k:v',
    long: { signal: 'required', 'kill-after': 'required', foreground: 'none', 'preserve-status': 'none', verbose: 'none' },
    stopAtOperand: true,
  },
  mistake: 125,
  *run(call) {
    const [duration, ...words] = call.operands;
    if (duration === undefined || words.length === 0) return call.misuse(undefined);
    const seconds = parseDuration(duration);
    if (seconds === undefined)
      return call.busybox
        ? call.complain(`invalid number '${duration}'`)
        : (call.complain(`invalid time interval ${call.quote(duration)}`), call.misuse(undefined));
    const given = call.value('s', 'signal');
    if (given !== undefined && !/^\d+$/.test(given) && !(`SIG${given.toUpperCase().replace(/^SIG/, '')}` in SIGNAL_NUMBERS)) {
      if (call.busybox) return call.misuse(undefined);
      call.complain(`${call.quote(given)}: invalid signal`);
      return call.misuse(undefined);
    }
    const word = (given ?? 'TERM').toUpperCase().replace(/^SIG/, '');
    const signal: SignalName =
      (/^\d+$/.test(word) ? signalName(Number(word)) : `SIG${word}` in SIGNAL_NUMBERS ? (`SIG${word}` as SignalName) : undefined) ?? 'SIGTERM';
    const killAfter = parseDuration(call.value('k', 'kill-after') ?? '');
    return call.busybox ? yield* become(call, words, { seconds, signal, killAfter }) : yield* guard(call, words, { seconds, signal, killAfter });
  },
});

interface Limit {
  readonly seconds: number;
  readonly signal: SignalName;
  readonly killAfter: number | undefined;
}

/** BusyBox: the process becomes the program, a child of it keeps the time. */
function* become(call: ToolCall, words: readonly string[], limit: Limit): Blocking<number> {
  const { context } = call;
  const own = context.process;
  context.fork(function* (watcher) {
    const alive = (): boolean => own.state !== 'zombie' && own.state !== 'dead';
    yield* watcher.waitFor([own.ended], watcher.simulation.now + limit.seconds * 1000);
    if (!alive()) return 0;
    watcher.kill(ownPid(own), limit.signal);
    if (limit.killAfter !== undefined) {
      yield* watcher.waitFor([own.ended], watcher.simulation.now + limit.killAfter * 1000);
      if (alive()) watcher.kill(ownPid(own), 'SIGKILL');
    }
    return 0;
  });
  const failure = yield* execute(call, words);
  return notStarted(call, words[0] ?? '', failure);
}

/** GNU: a child runs the program. */
function* guard(call: ToolCall, words: readonly string[], limit: Limit): Blocking<number> {
  const { context } = call;
  const path = findOnPath(context, words[0] ?? '');
  const child = isErrno(path) ? path : context.spawn(path, { argv: words });
  if (isErrno(child)) return notStarted(call, words[0] ?? '', child);
  let deadline = context.simulation.now + limit.seconds * 1000;
  let sent: SignalName | undefined;
  for (;;) {
    const change = yield* context.wait(pidOf(context.process, child), { hang: false });
    if (!isErrno(change)) {
      if (sent !== undefined && !call.has('preserve-status')) return sent === 'SIGKILL' ? yield* diesKilled(context) : 124;
      return change.change.kind === 'exited'
        ? change.change.code
        : change.change.kind === 'signaled'
          ? 128 + SIGNAL_NUMBERS[change.change.signal]
          : 1;
    }
    const reason = yield* context.waitFor([context.process.childChanged, child.ended], limit.seconds === 0 ? undefined : deadline);
    if (reason !== 'timeout') continue;
    sent = sent === undefined ? limit.signal : 'SIGKILL';
    if (call.has('v', 'verbose')) call.complain(`sending signal ${sent.slice(3)} to command ${call.quote(words[0] ?? '')}`);
    context.kill(pidOf(context.process, child), sent);
    deadline = sent === 'SIGKILL' || limit.killAfter === undefined ? Number.MAX_SAFE_INTEGER : context.simulation.now + limit.killAfter * 1000;
  }
}

/** Whoever had to kill ends in the same way (src/timeout.c). */
function* diesKilled(context: ToolCall['context']): Blocking<number> {
  context.kill(context.pid, 'SIGKILL');
  yield* context.checkpoint();
  return 137;
}

function pidOf(viewer: Process, process: Process): number {
  return process.pids.find((each) => each.namespace === viewer.namespaces.pid)?.pid ?? 0;
}

function* execute(call: ToolCall, words: readonly string[]): Blocking<Errno> {
  const path = findOnPath(call.context, words[0] ?? '');
  if (isErrno(path)) return path;
  // exec never yields anything but its own request; the kernel goes on with the new program.
  return yield* call.context.exec(path, words) as Blocking<Errno>;
}

function notStarted(call: ToolCall, name: string, failure: Errno): number {
  call.complain(call.busybox ? `can't execute '${name}': ${failure.text}` : `failed to run command ${call.quote(name)}: ${failure.text}`);
  return failure.code === 'ENOENT' ? 127 : 126;
}

export const nohup = defineTool({
  name: 'nohup',
  suite: 'coreutils',
  summary: { zh: '退出终端后继续运行', en: 'Runs on after the terminal has gone' },
  usage: 'nohup PROG ARGS\n\nRun PROG immune to hangups, with output to a non-tty',
  gnuUsage: 'nohup COMMAND [ARG]...',
  busybox: { short: '', stopAtOperand: true },
  gnu: { short: '', stopAtOperand: true },
  mistake: 125,
  *run(call) {
    if (call.operands.length === 0) {
      call.misuse('missing operand');
      return call.busybox ? 127 : 125;
    }
    const { context } = call;
    context.handle('SIGHUP', 'ignore');
    const { files } = context.process;
    const input = files.get(0)?.tty !== undefined;
    if (files.get(1)?.tty !== undefined) {
      const fd = context.open('nohup.out', { write: true, create: true, append: true, mode: 0o600 });
      if (!isErrno(fd)) {
        context.err(
          call.busybox ? 'nohup: appending output to nohup.out\n' : `nohup: ${input ? 'ignoring input and ' : ''}appending output to 'nohup.out'\n`,
        );
        context.duplicate(fd, 1);
        if (files.get(2)?.tty !== undefined) context.duplicate(fd, 2);
        context.close(fd);
      }
    }
    if (input) {
      const nothing = context.open('/dev/null', { read: true });
      if (!isErrno(nothing)) {
        context.duplicate(nothing, 0);
        context.close(nothing);
      }
    }
    const failure = yield* execute(call, call.operands);
    return notStarted(call, call.operands[0] ?? '', failure);
  },
});

export const time = defineTool({
  name: 'time',
  suite: 'system',
  summary: { zh: '测量命令用了多少时间', en: 'Measures how long a command takes' },
  usage: 'time [-vpao] PROG ARGS\n\nRun PROG, display resource usage when it exits',
  busybox: { short: 'vpao:', stopAtOperand: true },
  gnu: { short: 'vpao:', stopAtOperand: true },
  *run(call) {
    if (call.operands.length === 0) return call.misuse(undefined);
    const { context } = call;
    const started = context.simulation.now;
    const path = findOnPath(context, call.operands[0] ?? '');
    const child = isErrno(path) ? path : context.spawn(path, { argv: call.operands });
    if (isErrno(child)) return notStarted(call, call.operands[0] ?? '', child);
    let status = 0;
    for (;;) {
      const change = yield* context.wait(pidOf(context.process, child));
      if (isErrno(change) && change.code === 'EINTR') continue;
      if (!isErrno(change))
        status =
          change.change.kind === 'exited' ? change.change.code : change.change.kind === 'signaled' ? 128 + SIGNAL_NUMBERS[change.change.signal] : 0;
      break;
    }
    const seconds = ((context.simulation.now - started) / 1000).toFixed(2);
    context.err(call.has('p') ? `real ${seconds}\nuser 0.00\nsys 0.00\n` : `real\t0m ${seconds}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n`);
    return status;
  },
});
