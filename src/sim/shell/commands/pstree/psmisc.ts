/** pstree of psmisc 23.6. */
import { readAccounts } from '../../process-table/accounts.ts';
import { drawTree, type TreeStyle } from '../../process-table/process-tree.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { has, parseOptions } from '../../options/parse-options.ts';
import { screenSize } from '../../process-table/screen-size.ts';
import type { Command } from '../../command.ts';

const USAGE = `Usage: pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]
              [ -A | -G | -U ] [ PID | USER ]
   or: pstree -V
`;

const LONG = {
  arguments: 'none',
  ascii: 'none',
  'compact-not': 'none',
  'highlight-all': 'none',
  'highlight-pid': 'required',
  'show-pgids': 'none',
  long: 'none',
  'numeric-sort': 'none',
  'ns-sort': 'required',
  'show-pids': 'none',
  'show-parents': 'none',
  'ns-changes': 'none',
  'thread-names': 'none',
  'hide-threads': 'none',
  'uid-changes': 'none',
  unicode: 'none',
  version: 'none',
} as const;

export const command: Command = {
  name: 'pstree',
  suite: 'psmisc',
  summary: { zh: '以树形显示进程', en: 'Show processes as a tree' },
  options: ['-a', '-c', '-l', '-n', '-p', '-s', '-T', '-u', '-A'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'aAchH:glnN:psStTuUVGZ', long: LONG });
    if (parsed.kind === 'mistake') {
      context.err(`pstree: ${parsed.message}\n${USAGE}`);
      return 1;
    }
    if (has(parsed, 'V', 'version')) {
      context.err(
        'pstree (PSmisc) 23.6\nCopyright (C) 1993-2021 Werner Almesberger and Craig Small\n\nPSmisc comes with ABSOLUTELY NO WARRANTY.\nThis is free software, and you are welcome to redistribute it under\nthe terms of the GNU General Public License.\nFor more information about these matters, see the files named COPYING.\n',
      );
      return 0;
    }
    const all = visibleProcesses(context);
    const tty = screenSize(context);
    const style: TreeStyle = {
      pids: has(parsed, 'p', 'show-pids'),
      args: has(parsed, 'a', 'arguments'),
      threads: !has(parsed, 'T', 'hide-threads'),
      byNumber: has(parsed, 'n', 'numeric-sort'),
      compact: !has(parsed, 'c', 'compact-not'),
      width: has(parsed, 'l', 'long') ? Number.POSITIVE_INFINITY : (tty?.columns ?? 132),
    };
    const [operand] = parsed.operands;
    let roots: readonly VisibleProcess[] = all.filter((each) => each.pid === 1);
    if (operand !== undefined && /^\d+$/.test(operand)) roots = all.filter((each) => each.pid === Number(operand));
    else if (operand !== undefined) {
      const uid = (yield* readAccounts(context)).userId(operand);
      if (uid === undefined) {
        context.err(`No such user name: ${operand}\n`);
        return 1;
      }
      const own = all.filter((each) => each.uid === uid);
      roots = own.filter((each) => !own.some((other) => other.pid === each.parent));
      if (roots.length === 0) {
        context.err('No processes found.\n');
        return 1;
      }
    }
    for (const root of roots) {
      if (has(parsed, 's', 'show-parents')) context.out(drawTree(...pathTo(root, all), style));
      else context.out(drawTree(root, all, style));
    }
    return 0;
  },
};

/** The first ancestor, and only those processes that lead to `process` or come from it. */
function pathTo(process: VisibleProcess, all: readonly VisibleProcess[]): readonly [VisibleProcess, readonly VisibleProcess[]] {
  const kept = new Set<VisibleProcess>([process]);
  let top = process;
  for (let parent = all.find((each) => each.pid === top.parent); parent; parent = all.find((each) => each.pid === top.parent)) {
    kept.add(parent);
    top = parent;
  }
  const above = kept.size;
  const below = (each: VisibleProcess): void => {
    for (const child of all) {
      if (child.parent !== each.pid || kept.has(child)) continue;
      kept.add(child);
      below(child);
    }
  };
  below(process);
  // Threads are branches, too: of those above only what leads to it is shown.
  const ancestors = new Set([...kept].slice(1, above));
  const alone = (each: VisibleProcess): VisibleProcess => (ancestors.has(each) ? { ...each, threads: 1 } : each);
  return [alone(top), all.filter((each) => kept.has(each)).map(alone)];
}
