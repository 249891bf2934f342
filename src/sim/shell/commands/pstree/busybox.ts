/** pstree of BusyBox 1.37 (procps/pstree.c). */
import { readAccounts } from '../../process-table/accounts.ts';
import { drawTree } from '../../process-table/process-tree.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions } from '../../options/parse-options.ts';
import { screenSize } from '../../process-table/screen-size.ts';
import type { Command } from '../../command.ts';

const USAGE = 'pstree [-p] [PID|USER]';

export const command: Command = {
  name: 'pstree',
  suite: 'busybox',
  summary: { zh: '以树形显示进程', en: 'Show processes as a tree' },
  options: ['-p'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, { short: 'p' });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'pstree', message: parsed.message, usage: USAGE });
    if (parsed.operands.length > 1) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    const all = visibleProcesses(context);
    const [operand] = parsed.operands;
    let roots: readonly VisibleProcess[] = all.filter((each) => each.pid === 1);
    if (operand !== undefined && /^\d+$/.test(operand)) roots = all.filter((each) => each.pid === Number(operand));
    else if (operand !== undefined && /^\d/.test(operand)) {
      context.err(`pstree: invalid number '${operand}'\n`);
      return 1;
    } else if (operand !== undefined) {
      const uid = (yield* readAccounts(context)).userId(operand);
      if (uid === undefined) {
        context.err(`pstree: unknown user ${operand}\n`);
        return 1;
      }
      const own = all.filter((each) => each.uid === uid);
      roots = own.filter((each) => !own.some((other) => other.pid === each.parent));
    }
    const width = screenSize(context)?.columns ?? 132;
    const style = { pids: has(parsed, 'p'), args: false, threads: true, byNumber: false, compact: true, width };
    roots.forEach((root, index) => {
      context.out(`${index > 0 ? '\n' : ''}${drawTree(root, all, style)}`);
    });
    return 0;
  },
};
