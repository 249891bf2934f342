/** The trees of `ps --forest` and `ps -H` (src/ps/display.c show_forest). */
import type { VisibleProcess } from '../../process-table/visible-processes.ts';

export interface Forest {
  readonly ordered: readonly VisibleProcess[];
  readonly branchByPid: ReadonlyMap<number, string>;
}

/**
 * Orders processes under their parents. Children of PID 1 stand beside it, not below.
 * @param processes in the order that siblings keep
 * @param style branches, or plain indentation (-H)
 */
export function growForest(processes: readonly VisibleProcess[], style: 'branches' | 'blanks'): Forest {
  const known = new Set(processes.map((each) => each.pid));
  const childrenByPid = new Map<number, VisibleProcess[]>();
  for (const each of processes) {
    const siblings = childrenByPid.get(each.parent);
    if (siblings) siblings.push(each);
    else childrenByPid.set(each.parent, [each]);
  }
  const ordered: VisibleProcess[] = [];
  const branchByPid = new Map<number, string>();
  const marks = style === 'branches' ? { child: ' \\_ ', more: ' |  ', none: '    ' } : { child: '  ', more: '  ', none: '  ' };
  const show = (self: VisibleProcess, prefix: string, own: string): void => {
    ordered.push(self);
    branchByPid.set(self.pid, own);
    const children = (childrenByPid.get(self.pid) ?? []).filter((each) => each !== self);
    children.forEach((child, index) => {
      const adopted = self.pid === 1 && style === 'branches';
      const more = index < children.length - 1 ? marks.more : marks.none;
      if (adopted) show(child, prefix, prefix);
      else show(child, prefix + more, prefix + marks.child);
    });
  };
  // Roots are looked for from the end of the list.
  const roots = processes.filter((each) => !known.has(each.parent) || each.parent === each.pid);
  for (const root of [...roots].sort((a, b) => b.parent - a.parent || processes.indexOf(b) - processes.indexOf(a))) show(root, '', '');
  return { ordered, branchByPid };
}
