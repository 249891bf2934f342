/** killall of psmisc 23.6. */
import type { Process } from '../../../linux/process/process.ts';
import { procpsSignal } from '../../process-table/procps-match.ts';
import { compilePattern } from '../../process-table/pattern.ts';
import { isNamed } from '../../process-table/find-by-name.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { signalNames } from '../../signals/procps-list.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../../../linux/process/signals.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

const USAGE = `Usage: killall [OPTION]... [--] NAME...
       killall -l, --list
       killall -V, --version

`;

const LONG = {
  exact: 'none',
  'ignore-case': 'none',
  'process-group': 'none',
  interactive: 'none',
  list: 'none',
  quiet: 'none',
  regexp: 'none',
  signal: 'required',
  user: 'required',
  verbose: 'none',
  version: 'none',
  wait: 'none',
  ns: 'required',
} as const;

export const command: Command = {
  name: 'killall',
  suite: 'psmisc',
  summary: { zh: '按程序名给进程发信号', en: 'Signal all processes of a program' },
  options: ['-e', '-I', '-g', '-i', '-l', '-q', '-r', '-s', '-u', '-v', '-w'],
  *run(context) {
    let signal: SignalName | 'none' = 'SIGTERM';
    const words: string[] = [];
    for (const word of context.args) {
      const text = word.slice(1);
      if (word.startsWith('-') && !word.startsWith('--') && /^([A-Z0-9]{2,}|\d+)$/.test(text)) {
        const parsed = procpsSignal(text);
        if (parsed === undefined) {
          context.err(`${text}: unknown signal; killall -l lists signals.\n`);
          return 1;
        }
        signal = parsed;
      } else words.push(word);
    }
    const parsed = parseOptions(words, { short: 'egy:o:ilqrs:u:vwZ:VIn:', long: LONG });
    if (parsed.kind === 'mistake') {
      context.err(USAGE);
      return 1;
    }
    if (has(parsed, 'l', 'list')) {
      context.out(signalNames());
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.err(
        'killall (PSmisc) 23.6\nCopyright (C) 1993-2022 Werner Almesberger and Craig Small\n\nPSmisc comes with ABSOLUTELY NO WARRANTY.\nThis is free software, and you are welcome to redistribute it under\nthe terms of the GNU General Public License.\nFor more information about these matters, see the files named COPYING.\n',
      );
      return 0;
    }
    const given = valueOf(parsed, 's', 'signal');
    if (given !== undefined) {
      const chosen = procpsSignal(given);
      if (chosen === undefined) {
        context.err(`${given}: unknown signal; killall -l lists signals.\n`);
        return 1;
      }
      signal = chosen;
    }
    const user = valueOf(parsed, 'u', 'user');
    const accounts = yield* readAccounts(context);
    const uid = user === undefined ? undefined : accounts.userId(user);
    if (user !== undefined && uid === undefined) {
      context.err(`Cannot find user ${user}\n`);
      return 1;
    }
    if (parsed.operands.length === 0 && uid === undefined) {
      context.err(USAGE);
      return 1;
    }
    for (const age of [valueOf(parsed, 'o', 'older-than'), valueOf(parsed, 'y', 'younger-than')])
      if (age !== undefined && !/^\d+(\.\d+)?[smhdwMy]$/.test(age)) {
        context.err(`Invalid time format${USAGE}`);
        return 1;
      }
    const quiet = has(parsed, 'q', 'quiet');
    let failures = 0;
    const signalled: Process[] = [];
    for (const name of parsed.operands.length > 0 ? parsed.operands : ['']) {
      const pattern = has(parsed, 'r', 'regexp') ? compilePattern(name) : undefined;
      if (pattern?.kind === 'bad') {
        context.err(`killall: Bad regular expression: ${name}\n`);
        return 1;
      }
      const matches = (each: VisibleProcess): boolean =>
        name === '' ? true : pattern?.kind === 'pattern' ? pattern.expression.test(each.comm) : isNamed(each, name);
      const found = visibleProcesses(context).filter(
        (each) => each.process !== context.process && (uid === undefined || each.uid === uid) && matches(each),
      );
      if (found.length === 0) {
        failures++;
        if (!quiet) context.err(`${name}: no process found\n`);
        continue;
      }
      let killed = 0;
      for (const each of found) {
        const failed = context.kill(each.pid, signal === 'none' ? undefined : signal);
        if (failed) {
          context.err(`${name}(${each.pid}): ${failed.text}\n`);
          continue;
        }
        killed++;
        signalled.push(each.process);
        if (has(parsed, 'v', 'verbose')) context.err(`Killed ${name}(${each.pid}) with signal ${signal === 'none' ? 0 : SIGNAL_NUMBERS[signal]}\n`);
      }
      if (killed === 0) {
        failures++;
        if (!quiet) context.err(`${name}: no process found\n`);
      }
    }
    // `-w` looks every second; a zombie counts until its parent has seen its end.
    if (has(parsed, 'w', 'wait')) while (signalled.some(({ state }) => state !== 'dead')) yield* context.sleep(1000);
    return failures > 0 ? 1 : 0;
  },
};
