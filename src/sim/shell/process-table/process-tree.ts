/** The picture of pstree (psmisc pstree.c, which BusyBox took over): names joined by lines, equal leaves counted, threads in braces. */
import type { VisibleProcess } from './visible-processes.ts';

export interface TreeStyle {
  readonly pids: boolean;
  /** Command lines, one process to a line (-a). */
  readonly args: boolean;
  readonly threads: boolean;
  /** Siblings by number instead of by name (-n). */
  readonly byNumber: boolean;
  /** Equal subtrees are counted rather than repeated. */
  readonly compact: boolean;
  readonly width: number;
}

interface Branch {
  readonly name: string;
  readonly pid: number;
  readonly args: string;
  readonly children: Branch[];
  readonly isThread: boolean;
}

function grow(root: VisibleProcess, processes: readonly VisibleProcess[], style: TreeStyle): Branch {
  const children: Branch[] = processes.filter((each) => each.parent === root.pid && each !== root).map((each) => grow(each, processes, style));
  if (style.threads) {
    for (let thread = 1; thread < root.threads; thread++)
      children.push({ name: `{${root.comm}}`, pid: root.pid + thread, args: '', children: [], isThread: true });
  }
  const sorted = style.byNumber ? children.sort((a, b) => a.pid - b.pid) : children.sort((a, b) => compare(a.name, b.name) || a.pid - b.pid);
  return { name: root.comm, pid: root.pid, args: root.argv.slice(1).join(' '), children: sorted, isThread: false };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether two branches look the same; numbers make all different. */
function alike(a: Branch, b: Branch): boolean {
  return (
    a.name === b.name &&
    a.args === b.args &&
    a.children.length === b.children.length &&
    a.children.every((child, index) => {
      const other = b.children[index];
      return other !== undefined && alike(child, other);
    })
  );
}

/** Children with how often each is repeated. */
function counted(children: readonly Branch[], style: TreeStyle): readonly { readonly branch: Branch; readonly count: number }[] {
  const groups: { branch: Branch; count: number }[] = [];
  for (const branch of children) {
    const group = style.compact && !style.pids ? groups.find((each) => alike(each.branch, branch)) : undefined;
    if (group) group.count++;
    else groups.push({ branch, count: 1 });
  }
  return groups;
}

/** @returns lines with their newlines */
export function drawTree(root: VisibleProcess, processes: readonly VisibleProcess[], style: TreeStyle): string {
  const lines: string[] = [];
  let line = '';
  const end = (): void => {
    lines.push(line.slice(0, style.width));
    line = '';
  };
  const label = (branch: Branch, count: number): string => {
    const pid = style.pids ? `${style.args ? ',' : '('}${branch.pid}${style.args ? '' : ')'}` : '';
    const args = style.args && branch.args !== '' && !branch.isThread ? ` ${branch.args}` : '';
    return count > 1 ? `${count}*[${branch.name}${pid}${args}]` : `${branch.name}${pid}${args}`;
  };
  const draw = (branch: Branch, count: number, indent: string): void => {
    const text = label(branch, count);
    line += text;
    const groups = counted(branch.children, style);
    if (groups.length === 0) {
      end();
      return;
    }
    if (style.args) {
      end();
      groups.forEach((group, index) => {
        const last = index === groups.length - 1;
        line = `${indent}  ${last ? '`-' : '|-'}`;
        draw(group.branch, group.count, `${indent}  ${last ? ' ' : '|'} `);
      });
      return;
    }
    const inner = `${indent}${' '.repeat(text.length + 1)}`;
    groups.forEach((group, index) => {
      const last = index === groups.length - 1;
      if (groups.length === 1) line += '---';
      else if (index === 0) line += '-+-';
      else line = `${inner}${last ? '`-' : '|-'}`;
      // A single child hangs three cells further right, others under their line.
      draw(group.branch, group.count, groups.length === 1 ? `${indent}${' '.repeat(text.length + 3)}` : `${inner}${last ? ' ' : '|'} `);
    });
  };
  draw(grow(root, processes, style), 1, '');
  return lines.map((each) => `${each}\n`).join('');
}
