/** fuser of BusyBox 1.37 (procps/fuser.c). */
import { parseSignal, type ParsedSignal } from '../../signals/busybox-signals.ts';
import { sendParsed } from '../../signals/signal-processes.ts';
import { usersOfFile, usersOfPort } from '../../process-table/file-users.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

const USAGE = 'fuser [-msk46] [-SIGNAL] FILE or PORT/PROTO';

export const command: Command = {
  name: 'fuser',
  suite: 'busybox',
  summary: { zh: '谁在使用文件或端口', en: 'Who uses files or ports' },
  options: ['-m', '-s', '-k'],
  // eslint-disable-next-line require-yield -- reads the process table only
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    let signal: ParsedSignal = { kind: 'signal', name: 'SIGKILL' };
    const words = context.args.filter((word) => {
      const parsed = /^-[A-Z0-9]{2,}$/.test(word) || /^-\d+$/.test(word) ? parseSignal(word.slice(1)) : undefined;
      if (parsed && word !== '-4' && word !== '-6') signal = parsed;
      return !parsed || word === '-4' || word === '-6';
    });
    const parsed = parseOptions(words, { short: 'mks64' });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'fuser', message: parsed.message, usage: USAGE });
    if (parsed.operands.length === 0) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    const found: number[] = [];
    for (const name of parsed.operands) {
      const port = /^(\d+)\/(tcp|udp)$/.exec(name);
      const users = port ? usersOfPort(context, port[2] === 'udp' ? 'udp' : 'tcp', Number(port[1])) : usersOfFile(context, name);
      if (!users) {
        context.err(`fuser: can't stat '${name}': No such file or directory\n`);
        return 1;
      }
      for (const { process } of users) if (!found.includes(process.pid)) found.push(process.pid);
    }
    for (const pid of found) {
      if (has(parsed, 'k')) sendParsed(context, pid, signal);
      else if (!has(parsed, 's')) context.out(`${pid} `);
    }
    if (found.length > 0 && !has(parsed, 'k') && !has(parsed, 's')) context.out('\n');
    return found.length > 0 ? 0 : 1;
  },
};
