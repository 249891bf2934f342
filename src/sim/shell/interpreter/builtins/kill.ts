/** `kill` inside a shell: like the program, and for jobs too. */
import { deliverToGroup } from '../../../linux/process/signal-delivery.ts';
import { SIGNAL_NUMBERS, signalName, type SignalName } from '../../../linux/process/signals.ts';
import { bashSignalTable } from '../../signals/bash-signal-table.ts';
import { listSignals as listBusyboxSignals } from '../../signals/list-busybox-signals.ts';
import { jobState } from '../job-table.ts';
import type { Shell } from '../shell.ts';
import { usage, type Builtin, type BuiltinCall } from './builtin.ts';
import { signalOfWord } from './control.ts';
import { noSuchJob } from './jobs.ts';

/** The signals of `kill -l` in BusyBox's spelling. */
const BUSYBOX_NAMES: readonly (readonly [number, string])[] = [
  ...(Object.entries(SIGNAL_NUMBERS) as [SignalName, number][])
    .sort(([, a], [, b]) => a - b)
    .map(([name, number]) => [number, name === 'SIGIO' ? 'POLL' : name.slice(3)] as const),
  [34, 'RTMIN'],
  [64, 'RTMAX'],
];

export const kill: Builtin = function* (call) {
  const { shell } = call;
  // What was started a moment ago has come to run its program by now.
  yield* shell.context.checkpoint();
  let args = call.args;
  const bash = shell.dialect.name === 'bash';
  const plain = (message: string, status = 1): number => {
    if (shell.dialect.name === 'ash') shell.context.err(`${shell.arg0}: ${message}\n`);
    else shell.complain(message, 'kill');
    return status;
  };
  const first = args[0];
  if (first === '-l' || (first === '-L' && bash)) return listSignals(shell, args.slice(1), plain);
  let signal: SignalName | undefined = 'SIGTERM';
  if (first !== undefined && /^-./.test(first) && first !== '--') {
    const separate = first === '-s' || (first === '-n' && bash);
    if (bash && separate && args[1] === undefined) return plain(`${first}: option requires an argument`);
    const word = separate ? (args[1] ?? '') : first.slice(first.startsWith('-s') && bash ? 2 : 1);
    const found = signalOfWord(word);
    if (!found)
      return plain(
        bash
          ? `${word}: invalid signal specification`
          : shell.dialect.name === 'ash'
            ? `bad signal name '${word}'`
            : `Illegal option -${word.charAt(0)}`,
        shell.dialect.name === 'dash' ? 2 : 1,
      );
    signal = isSignal(found) ? found : undefined;
    args = args.slice(separate ? 2 : 1);
  }
  if (args[0] === '--') args = args.slice(1);
  if (args.length === 0) {
    if (bash) return usage(call);
    return plain(
      shell.dialect.name === 'ash'
        ? 'you need to specify whom to kill'
        : 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
      shell.dialect.name === 'ash' ? 1 : 2,
    );
  }
  let failures = 0;
  for (const word of args) {
    if (!killOne(call, word, { signal, plain })) failures++;
  }
  // bash is content when one of them could be signalled (builtins/kill.def any_succeeded).
  return failures === 0 || (bash && failures < args.length) ? 0 : 1;
};

function isSignal(name: string): name is SignalName {
  return name.startsWith('SIG');
}

function killOne(
  call: BuiltinCall,
  word: string,
  { signal, plain }: { readonly signal: SignalName | undefined; readonly plain: (message: string) => number },
): boolean {
  const { shell } = call;
  const dialect = shell.dialect.name;
  if (word.startsWith('%')) {
    const job = shell.jobs.find(word);
    if (!job) {
      noSuchJob(call, word);
      return false;
    }
    const stopped = jobState(job) === 'stopped';
    for (const member of job.members) {
      const failure =
        job.group && member === job.members[0]
          ? shell.context.kill(-shell.pidOf(job.group), signal)
          : job.group
            ? undefined
            : shell.context.kill(member.pid, signal);
      if (failure) {
        plain(dialect === 'bash' ? `(${member.pid}) - ${failure.text}` : `can't kill pid ${member.pid}: ${failure.text}`);
        return false;
      }
    }
    if (stopped && (signal === 'SIGTERM' || signal === 'SIGHUP') && job.group) deliverToGroup(job.group, 'SIGCONT');
    return true;
  }
  if (!/^-?\d+$/.test(word)) {
    plain(
      dialect === 'bash'
        ? word === ''
          ? "`': not a pid or valid job spec"
          : `${word}: arguments must be process or job IDs`
        : dialect === 'ash'
          ? `invalid number '${word}'`
          : `Illegal number: ${word}`,
    );
    return false;
  }
  const failure = shell.context.kill(Number(word), signal);
  if (!failure) return true;
  plain(dialect === 'bash' ? `(${word}) - ${failure.text}` : dialect === 'ash' ? `can't kill pid ${word}: ${failure.text}` : failure.text);
  return false;
}

function listSignals(shell: Shell, words: readonly string[], plain: (message: string) => number): number {
  if (words.length === 0) {
    if (shell.dialect.name === 'bash') shell.context.out(bashSignalTable());
    else if (shell.dialect.name === 'ash') for (const [number, name] of BUSYBOX_NAMES) shell.context.out(`${String(number).padStart(2)}) ${name}\n`);
    else for (const [, name] of BUSYBOX_NAMES) shell.context.out(`${name}\n`);
    return 0;
  }
  let status = 0;
  if (shell.dialect.name === 'ash') return listBusyboxSignals(shell.context, shell.arg0, words);
  for (const word of words) {
    if (/^\d+$/.test(word)) {
      const number = Number(word) > 128 ? Number(word) - 128 : Number(word);
      const name = signalName(number);
      if (name) shell.context.out(`${name.slice(3)}\n`);
      else status = plain(shell.dialect.name === 'bash' ? `${word}: invalid signal specification` : `unknown signal '${word}'`);
      continue;
    }
    const name = signalOfWord(word);
    if (name && isSignal(name)) shell.context.out(`${SIGNAL_NUMBERS[name]}\n`);
    else status = plain(shell.dialect.name === 'bash' ? `${word}: invalid signal specification` : `unknown signal '${word}'`);
  }
  return status;
}
