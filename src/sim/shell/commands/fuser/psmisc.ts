/** fuser of psmisc 23.6: numbers on standard output, everything else on standard error. */
import { procpsSignal } from '../../process-table/procps-match.ts';
import { usersOfFile, usersOfPort, type FileUser } from '../../process-table/file-users.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import type { SignalName } from '../../../linux/process/signals.ts';
import type { Command } from '../../command.ts';

const USAGE = `Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
             [-k [-i] [-SIGNAL]] NAME...
       fuser -l
       fuser -V
`;

/** Access letters at their places in the column of -v. */
function accessColumn(access: string): string {
  return [
    access.includes('f') ? 'f' : access.includes('F') ? 'F' : '.',
    access.includes('r') ? 'r' : '.',
    access.includes('c') ? 'c' : '.',
    access.includes('e') ? 'e' : '.',
    '.',
  ].join('');
}

export const command: Command = {
  name: 'fuser',
  suite: 'psmisc',
  summary: { zh: '谁在使用文件或端口', en: 'Who uses files or ports' },
  options: ['-v', '-n', '-k', '-s', '-u', '-m'],
  *run(context) {
    let space = 'file';
    let verbose = false;
    let kill = false;
    let silent = false;
    let signal: SignalName | 'none' = 'SIGKILL';
    const names: string[] = [];
    const words = [...context.args];
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === '-n') space = words.shift() ?? '';
      else if (word.startsWith('-n')) space = word.slice(2);
      else if (word === '-V') {
        context.err(
          'fuser (PSmisc) 23.6\nCopyright (C) 1993-2022 Werner Almesberger and Craig Small\n\nPSmisc comes with ABSOLUTELY NO WARRANTY.\nThis is free software, and you are welcome to redistribute it under\nthe terms of the GNU General Public License.\nFor more information about these matters, see the files named COPYING.\n',
        );
        return 0;
      } else if (word.startsWith('-') && word.length > 1) {
        const given = procpsSignal(word.slice(1));
        if (given !== undefined) {
          signal = given;
          continue;
        }
        const bad = [...word.slice(1)].find((letter) => !'acfiIkmMsuvw46'.includes(letter));
        if (bad !== undefined) {
          context.err(`fuser: Invalid option ${bad}\n${USAGE}`);
          return 1;
        }
        verbose ||= word.includes('v');
        kill ||= word.includes('k');
        silent ||= word.includes('s');
      } else names.push(word);
    }
    if (names.length === 0) {
      context.err(`No process specification given\n${USAGE}`);
      return 1;
    }
    const accounts = yield* readAccounts(context);
    let any = false;
    let first = true;
    for (const name of names) {
      const port = space === 'file' ? /^(\d+)\/(tcp|udp)$/.exec(name) : /^(\d+)$/.exec(name);
      const protocol = space === 'file' ? port?.[2] : space;
      let users: readonly FileUser[] | undefined;
      if (port && (protocol === 'tcp' || protocol === 'udp')) users = usersOfPort(context, protocol, Number(port[1]));
      else users = usersOfFile(context, name);
      if (!users) {
        context.err(`Specified filename ${name} does not exist.\n`);
        continue;
      }
      if (users.length === 0) continue;
      any = true;
      if (silent && !kill) continue;
      const label = port && space !== 'file' ? `${name}/${protocol ?? ''}` : name;
      if (verbose && first) context.err('                     USER        PID ACCESS COMMAND\n');
      first = false;
      if (!silent) context.err(`${`${label}:`.padEnd(20)}`);
      users.forEach(({ process, access }, index) => {
        if (verbose) {
          const user = accounts.user(process.uid) ?? String(process.uid);
          context.err(`${index > 0 ? ' '.repeat(20) : ''} ${user.padEnd(8)} `);
          context.out(String(process.pid).padStart(6));
          context.err(` ${accessColumn(access)} ${process.comm}\n`);
        } else if (!silent) {
          context.out(String(process.pid).padStart(6));
          context.err(access.replace(/[fF]/g, ''));
        }
        if (kill) context.kill(process.pid, signal === 'none' ? undefined : signal);
      });
      if (!verbose && !silent) context.err('\n');
    }
    return any ? 0 : 1;
  },
};
