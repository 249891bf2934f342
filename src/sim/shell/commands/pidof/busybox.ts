/** pidof of BusyBox 1.37 (procps/pidof.c): newest first. */
import { isNamed } from '../../process-table/find-by-name.ts';
import { visibleProcess, visibleProcesses, procNamespace } from '../../process-table/visible-processes.ts';
import { pidIn } from '../../../linux/process/process.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

const USAGE = 'pidof [-s] [-o PID] [NAME]...';

export const command: Command = {
  name: 'pidof',
  suite: 'busybox',
  summary: { zh: '按程序名找进程号', en: 'Find the process ids of a program' },
  options: ['-s', '-o'],
  // eslint-disable-next-line require-yield -- reads the process table only
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, { short: 'so:' });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'pidof', message: parsed.message, usage: USAGE });
    const namespace = procNamespace(context);
    const own = namespace && pidIn(context.process, namespace);
    const parent = own === undefined ? 0 : (visibleProcess(context, own)?.parent ?? 0);
    const omitted = new Set(
      parsed.options.filter((option) => option.name === 'o').map((option) => (option.value === '%PPID' ? parent : Number(option.value))),
    );
    const found: number[] = [];
    for (const name of parsed.operands) {
      const pids = visibleProcesses(context)
        .filter((each) => each.process !== context.process && isNamed(each, name))
        .map((each) => each.pid);
      found.push(...pids.reverse().filter((pid) => !omitted.has(pid)));
      if (has(parsed, 's') && found.length > 0) {
        found.length = 1;
        break;
      }
    }
    if (found.length > 0) context.out(`${found.join(' ')}\n`);
    return found.length > 0 ? 0 : 1;
  },
};
