/** pidof of sysvinit-utils 3.06, as Debian 12 has it: newest first. */
import { pidIn } from '../../../linux/process/process.ts';
import { isNamed } from '../../process-table/find-by-name.ts';
import { procNamespace, visibleProcess, visibleProcesses } from '../../process-table/visible-processes.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'pidof',
  suite: 'procps',
  summary: { zh: '按程序名找进程号', en: 'Find the process ids of a program' },
  options: ['-s', '-c', '-o', '-x', '-q', '-d'],
  // eslint-disable-next-line require-yield -- reads the process table only
  *run(context) {
    const parsed = parseOptions(context.args, {
      short: 'scnqxzmho:d:',
      long: { 'single-shot': 'none', 'check-root': 'none', 'omit-pid': 'required', separator: 'required', help: 'none', version: 'none' },
    });
    if (parsed.kind === 'mistake') return 1;
    if (has(parsed, 'h', 'help')) {
      context.out(
        'pidof usage: [options] <program-name>\n\n -c           Return PIDs with the same root directory\n -d <sep>     Use the provided character as output separator\n -h           Display this help text\n -n           Avoid using stat system function on network shares\n -o <pid>     Omit results with a given PID\n -q           Quiet mode. Do not display output\n -s           Only return one PID\n -x           Return PIDs of shells running scripts with a matching name\n -z           List zombie and I/O waiting processes. May cause pidof to hang.\n\n',
      );
      return 0;
    }
    const namespace = procNamespace(context);
    const own = namespace && pidIn(context.process, namespace);
    const parent = own === undefined ? 0 : (visibleProcess(context, own)?.parent ?? 0);
    const omitted = new Set(
      parsed.options
        .filter((option) => option.name === 'o' || option.name === 'omit-pid')
        .flatMap((option) => (option.value ?? '').split(','))
        .map((word) => (word === '%PPID' ? parent : Number(word))),
    );
    let found: number[] = [];
    for (const name of parsed.operands) {
      found.push(
        ...visibleProcesses(context)
          .filter((each) => each.process !== context.process && isNamed(each, name) && !omitted.has(each.pid))
          .map((each) => each.pid)
          .reverse(),
      );
      if (has(parsed, 's', 'single-shot') && found.length > 0) {
        found = found.slice(0, 1);
        break;
      }
    }
    if (found.length > 0 && !has(parsed, 'q')) context.out(`${found.join(valueOf(parsed, 'd', 'separator') ?? ' ')}\n`);
    return found.length > 0 ? 0 : 1;
  },
};
