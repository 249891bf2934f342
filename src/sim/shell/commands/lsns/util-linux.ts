/** lsns of util-linux 2.38.1: the namespaces of the processes in /proc, each with its lowest process. */
import type { NamespaceKind } from '../../../linux/namespace/inode.ts';
import { NAMESPACE_KINDS, type AnyNamespace } from '../../../linux/namespace/namespaces.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import { mayInspect } from '../../../linux/fs/permission.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { formatTable, jsonTable, type TableColumn } from '../../namespace/table.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import type { Command } from '../../command.ts';

interface Listed {
  readonly namespace: AnyNamespace;
  readonly members: VisibleProcess[];
}

interface View {
  readonly accounts: Accounts;
  readonly context: ProcessContext;
}

interface Column {
  /** The width hint of lsns.c. */
  readonly width?: number;
  readonly align: 'left' | 'right';
  /** Numbers in JSON. */
  readonly json?: 'number';
  readonly value: (listed: Listed, view: View) => string;
}

const lowest = (listed: Listed): VisibleProcess | undefined => listed.members[0];

const COLUMNS: Readonly<Record<string, Column>> = {
  NS: { width: 10, align: 'right', json: 'number', value: (each) => String(each.namespace.inode) },
  TYPE: { width: 5, align: 'left', value: (each) => each.namespace.kind },
  PATH: { align: 'left', value: (each) => `/proc/${lowest(each)?.pid ?? 0}/ns/${each.namespace.kind}` },
  NPROCS: { width: 5, align: 'right', json: 'number', value: (each) => String(each.members.length) },
  PID: { width: 5, align: 'right', json: 'number', value: (each) => String(lowest(each)?.pid ?? '') },
  PPID: { width: 5, align: 'right', json: 'number', value: (each) => String(lowest(each)?.parent ?? '') },
  COMMAND: { align: 'left', value: (each) => commandOf(lowest(each)) },
  UID: { align: 'right', json: 'number', value: (each) => String(lowest(each)?.uid ?? '') },
  USER: { align: 'left', value: (each, view) => view.accounts.user(lowest(each)?.uid ?? 0) ?? String(lowest(each)?.uid ?? '') },
  NETNSID: { align: 'right', value: (each, view) => (each.namespace.kind === 'net' ? networkId(view.context, each.namespace) : '') },
  NSFS: { align: 'left', value: (each, view) => boundAt(view.context, each.namespace).join(',') },
  PNS: { width: 10, align: 'right', json: 'number', value: (each) => String(parentOf(each.namespace) ?? '') },
  ONS: { width: 10, align: 'right', json: 'number', value: (each) => String(ownerOf(each.namespace) ?? '') },
};

function commandOf(process: VisibleProcess | undefined): string {
  if (!process) return '';
  return process.argv.length > 0 ? process.argv.join(' ') : process.comm;
}

/** The id by which the caller's network namespace knows another one (RTM_GETNSID): those that a veth leads to have one. */
function networkId(context: ProcessContext, namespace: NetworkNamespace): string {
  return String(context.process.namespaces.net.knownIdOf(namespace) ?? 'unassigned');
}

/** Mount points of the namespace's file in the caller's mount namespace. */
function boundAt(context: ProcessContext, namespace: AnyNamespace): readonly string[] {
  const { mnt } = context.process.namespaces;
  const mounted = mnt.mounts.filter((mount) => 'namespace' in mount.root && mount.root.namespace === namespace).map((mount) => mount.target);
  if (mounted.length > 0 || namespace.kind !== 'net' || mnt !== context.kernel.initial.mnt) return mounted;
  // A recorded node's own network was bound to its name before the node had mounts of its own; its mountinfo still tells.
  const name = namespace === context.kernel.initial.net ? namespace.host : namespace.boundName;
  return name === undefined ? [] : [`/run/netns/${name}`];
}

function parentOf(namespace: AnyNamespace): number | undefined {
  return namespace.kind === 'pid' || namespace.kind === 'user' ? namespace.parent?.inode : undefined;
}

function ownerOf(namespace: AnyNamespace): number | undefined {
  return namespace.kind === 'user' ? namespace.parent?.inode : namespace.owner.inode;
}

function collect(context: ProcessContext, processes: readonly VisibleProcess[]): readonly Listed[] {
  const listedByNamespace = new Map<AnyNamespace, Listed>();
  for (const each of processes) {
    if (!mayInspect(context.process, each.process) || each.state === 'Z') continue;
    for (const kind of NAMESPACE_KINDS) {
      const namespace = namespaceOf(each, kind);
      const known = listedByNamespace.get(namespace);
      if (known) known.members.push(each);
      else listedByNamespace.set(namespace, { namespace, members: [each] });
    }
  }
  return [...listedByNamespace.values()].sort((a, b) => a.namespace.inode - b.namespace.inode);
}

function namespaceOf(each: VisibleProcess, kind: NamespaceKind): AnyNamespace {
  return kind === 'user' ? each.process.credentials.user : each.process.namespaces[kind];
}

function mistake(context: ProcessContext, message: string, hint = false): number {
  context.err(`lsns: ${message}\n${hint ? `Try 'lsns --help' for more information.\n` : ''}`);
  return 1;
}

const LONG = {
  json: 'none',
  list: 'none',
  noheadings: 'none',
  output: 'required',
  'output-all': 'none',
  persistent: 'none',
  task: 'required',
  raw: 'none',
  notruncate: 'none',
  nowrap: 'none',
  type: 'required',
  tree: 'optional',
  help: 'none',
  version: 'none',
} as const;

export const command: Command = {
  name: 'lsns',
  suite: 'util-linux',
  summary: { zh: '列出命名空间', en: 'List namespaces' },
  options: ['-t', '-p', '-o', '-n', '-J', '-l', '-r', '-u', '-W', '--output-all'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'JlPp:o:nruhVt:T::W', long: LONG });
    if (parsed.kind === 'mistake') return mistake(context, parsed.message, true);
    if (has(parsed, 'h', 'help')) {
      context.out('\nUsage:\n lsns [options] [<namespace>]\n\nList system namespaces.\n');
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('lsns from util-linux 2.38.1\n');
      return 0;
    }
    const kinds: string[] = [];
    for (const { name, value } of parsed.options) {
      if (name !== 't' && name !== 'type') continue;
      if (!(NAMESPACE_KINDS as readonly string[]).includes(value ?? '')) return mistake(context, `unknown namespace type: ${value ?? ''}`);
      kinds.push(value ?? '');
    }
    const task = valueOf(parsed, 'p', 'task');
    if (task !== undefined && !/^\d+$/.test(task)) return mistake(context, `invalid PID argument: '${task}'`);
    const [operand] = parsed.operands;
    if (operand !== undefined && !/^\d+$/.test(operand)) return mistake(context, `invalid namespace argument: '${operand}'`);
    if (operand !== undefined && task !== undefined) return mistake(context, '--task is mutually exclusive with <namespace>');
    const names = has(parsed, 'output-all')
      ? Object.keys(COLUMNS)
      : columnNames(valueOf(parsed, 'o', 'output'), { onlyNet: kinds.length === 1 && kinds[0] === 'net', onlyTree: operand !== undefined });
    const unknown = names.find((name) => !Object.hasOwn(COLUMNS, name.toUpperCase()));
    if (unknown !== undefined) return mistake(context, `unknown column: ${unknown}`);
    const processes = visibleProcesses(context);
    const view: View = { accounts: yield* readAccounts(context), context };
    let listed = collect(context, processes);
    if (operand !== undefined)
      return showMembers(
        context,
        listed.find((each) => each.namespace.inode === Number(operand)),
        { names: names.map((name) => name.toUpperCase()), view, operand },
      );
    if (kinds.length > 0) listed = listed.filter((each) => kinds.includes(each.namespace.kind));
    if (task !== undefined) {
      const subject = processes.find((each) => each.pid === Number(task));
      if (!subject) return 0;
      listed = listed.filter((each) => NAMESPACE_KINDS.some((kind) => namespaceOf(subject, kind) === each.namespace));
    }
    const columns = names
      .map((name) => ({ name: name.toUpperCase(), column: COLUMNS[name.toUpperCase()] }))
      .flatMap(({ name, column }) => (column ? [{ name, column }] : []));
    const flat = has(parsed, 'J', 'json') || has(parsed, 'r', 'raw') || has(parsed, 'l', 'list');
    const ordered = flat ? listed.map((each) => ({ listed: each, branch: '' })) : byProcess(listed);
    const rows = ordered.map(({ listed: each, branch }) =>
      columns.map(({ name, column }) => (name === 'COMMAND' ? branch : '') + column.value(each, view)),
    );
    const headings = !has(parsed, 'n', 'noheadings');
    if (has(parsed, 'J', 'json'))
      context.out(
        jsonTable(
          'namespaces',
          columns.map(({ name, column }) => [name, column.json === 'number' ? 'number' : 'text']),
          rows,
        ),
      );
    else if (has(parsed, 'r', 'raw'))
      context.out(
        [...(headings ? [columns.map(({ name }) => name)] : []), ...rows]
          .map((row) => `${row.map((cell) => cell.replaceAll(' ', '\\x20')).join(' ')}\n`)
          .join(''),
      );
    else
      context.out(
        formatTable(
          columns.map(({ name, column }) => toTableColumn(name, column)),
          rows,
          { headings },
        ),
      );
    return 0;
  },
};

function toTableColumn(name: string, column: Column): TableColumn {
  return { header: name, align: column.align, ...(column.width === undefined ? {} : { width: column.width }) };
}

/** A namespace stands below that of its process's parent, where the parent itself stands for one (lsns.c, LSNS_TREE_PROCESS). */
function byProcess(listed: readonly Listed[]): readonly { readonly listed: Listed; readonly branch: string }[] {
  const lineByPid = new Map<number, Listed>();
  const childrenByLine = new Map<Listed, Listed[]>();
  const roots: Listed[] = [];
  for (const each of listed) {
    const process = lowest(each);
    const parent = process && lineByPid.get(process.parent);
    if (parent) childrenByLine.set(parent, [...(childrenByLine.get(parent) ?? []), each]);
    else roots.push(each);
    if (process) lineByPid.set(process.pid, each);
  }
  const ordered: { readonly listed: Listed; readonly branch: string }[] = [];
  const visit = (each: Listed, prefix: string, branch: string): void => {
    ordered.push({ listed: each, branch });
    const children = childrenByLine.get(each) ?? [];
    children.forEach((child, index) => {
      const last = index === children.length - 1;
      visit(child, `${prefix}${last ? '  ' : '│ '}`, `${prefix}${last ? '└─' : '├─'}`);
    });
  };
  for (const root of roots) visit(root, '', '');
  return ordered;
}

function columnNames(list: string | undefined, options: { readonly onlyNet: boolean; readonly onlyTree: boolean }): readonly string[] {
  const usual = options.onlyTree
    ? ['PID', 'PPID', 'USER', 'COMMAND']
    : options.onlyNet
      ? ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'NETNSID', 'NSFS', 'COMMAND']
      : ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'COMMAND'];
  if (list === undefined) return usual;
  return list.startsWith('+') ? [...usual, ...list.slice(1).split(',')] : list.split(',');
}

/** `lsns NAMESPACE`: its processes, as a tree. */
function showMembers(
  context: ProcessContext,
  listed: Listed | undefined,
  options: { readonly names: readonly string[]; readonly view: View; readonly operand: string },
): number {
  if (!listed) return mistake(context, `not found namespace: ${options.operand}`);
  const rows: string[][] = [];
  const inside = new Set(listed.members.map((each) => each.pid));
  const visit = (each: VisibleProcess, prefix: string, branch: string): void => {
    const one: Listed = { namespace: listed.namespace, members: [each] };
    rows.push(options.names.map((name) => (name === 'COMMAND' ? `${branch}${commandOf(each)}` : (COLUMNS[name]?.value(one, options.view) ?? ''))));
    const children = listed.members.filter((other) => other.parent === each.pid && other !== each);
    children.forEach((child, index) => {
      const last = index === children.length - 1;
      visit(child, `${prefix}${last ? '  ' : '│ '}`, `${prefix}${last ? '└─' : '├─'}`);
    });
  };
  for (const each of listed.members) if (!inside.has(each.parent)) visit(each, '', '');
  context.out(
    formatTable(
      options.names.flatMap((name) => (COLUMNS[name] ? [toTableColumn(name, COLUMNS[name])] : [])),
      rows,
    ),
  );
  return 0;
}
