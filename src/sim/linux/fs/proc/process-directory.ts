/** /proc/PID: one process as files and links (fs/proc/base.c). Texts with many lines are made in process-text.ts. */
import { errno, isErrno, type Errno } from '../../errno.ts';
import { NAMESPACE_KINDS, type AnyNamespace } from '../../namespace/namespaces.ts';
import { pidIn, type Process } from '../../process/process.ts';
import type { PidNamespace } from '../../process/pid-namespace.ts';
import { mayInspect } from '../permission.ts';
import type { Jump, Node } from '../node.ts';
import { fixedDirectory, handleNode, NamespaceNode, SyntheticDirectory, SyntheticFile, SyntheticLink, type Owner } from '../synthetic.ts';
import { mountInfoText, mountsText, mountStatsText } from './mounts-text.ts';
import { netDirectory } from './net-directory.ts';
import { detailEntries } from './process-details.ts';
import { cgroupText, idMapText, limitsText, statmText, statText, statusText } from './process-text.ts';

/** Link targets need the right to inspect the process (proc_fd_access_allowed). */
function guarded(process: Process, value: () => string | Errno): (caller: Process) => string | Errno {
  return (caller) => (mayInspect(caller, process) ? value() : errno('EACCES'));
}

/** Zombies have no memory and no files: their links lead nowhere. */
function isGone(process: Process): boolean {
  return process.state === 'zombie' || process.state === 'dead';
}

export function processDirectory(process: Process, view: PidNamespace): Node {
  const modified = process.kernel.simulation.epoch + process.startedAt;
  const owner: Owner = { uid: process.credentials.uid, gid: process.credentials.gid };
  const common = { modified, owner };
  const file =
    (read: (caller: Process) => string | Errno, mode = 0o444) =>
    (): Node =>
      new SyntheticFile({ ...common, mode, read });
  const path =
    (value: () => string): (() => Node) =>
    () =>
      new SyntheticLink({
        ...common,
        target: guarded(process, () => (isGone(process) ? errno('ENOENT') : value())),
        jump: (caller): Jump | Errno =>
          mayInspect(caller, process) ? (isGone(process) ? errno('ENOENT') : { kind: 'path', process, path: value() }) : errno('EACCES'),
      });
  const details = detailEntries(process, common);
  const base: Record<string, () => Node> = {
    ...details.each,
    cgroup: file(() => cgroupText(process)),
    cmdline: file(() => (isGone(process) ? '' : process.argv.map((word) => `${word}\0`).join(''))),
    comm: () => new SyntheticFile({ ...common, read: () => `${process.comm}\n`, write: (caller, text) => rename(process, caller, text) }),
    cpuset: file(() => `${process.cgroup}\n`),
    cwd: path(() => process.fs.cwd),
    environ: file(
      (caller) => (mayInspect(caller, process) ? [...process.env].map(([key, value]) => `${key}=${value}\0`).join('') : errno('EACCES')),
      0o400,
    ),
    exe: path(() => process.exe),
    fd: () => descriptors(process, common),
    fdinfo: () => descriptorInfo(process, common),
    gid_map: file(() => idMapText(process.credentials.user.gidMap), 0o644),
    limits: file(() => limitsText()),
    loginuid: file(() => '4294967295', 0o644),
    maps: file((caller) => (mayInspect(caller, process) ? '' : errno('EACCES'))),
    mountinfo: file(() => mountInfoText(process)),
    mounts: file(() => mountsText(process)),
    net: () => netDirectory(process, common),
    ns: () => namespaceLinks(process, common),
    oom_adj: file(() => '0\n', 0o644),
    oom_score: file(() => '666\n'),
    oom_score_adj: () => settable(process, common),
    personality: file(() => '00000000\n', 0o400),
    root: path(() => process.fs.root),
    sched: file(() => `${process.comm} (${pidIn(process, view) ?? 0}, #threads: ${process.threads})\n`, 0o644),
    sessionid: file(() => '4294967295'),
    setgroups: file(() => 'allow\n', 0o644),
    smaps: file((caller) => (mayInspect(caller, process) ? '' : errno('EACCES'))),
    stat: file(() => statText(process, view)),
    statm: file(() => statmText(process)),
    status: file((caller) => statusText(process, view, caller)),
    uid_map: file(() => idMapText(process.credentials.user.uidMap), 0o644),
    wchan: file(() => '0'),
  };
  const task = (): Node => fixedDirectory({ [String(pidIn(process, view) ?? 0)]: () => fixedDirectory(base, common) }, common);
  const mountstats = file(() => mountStatsText(process), 0o400);
  return fixedDirectory({ ...base, ...details.process, mountstats, task }, common);
}

/** Only threads of the same process may rename it. */
function rename(process: Process, caller: Process, text: string): Errno | undefined {
  if (caller !== process) return errno('EINVAL');
  process.comm = text.replace(/\n$/, '').slice(0, 15);
  return undefined;
}

function settable(process: Process, common: { readonly modified: number; readonly owner: Owner }): Node {
  return new SyntheticFile({
    ...common,
    read: () => `${process.oomScoreAdjust}\n`,
    write: (caller, text) => {
      const value = Number(text.trim());
      if (!Number.isInteger(value) || value < -1000 || value > 1000) return errno('EINVAL');
      if (value < process.oomScoreAdjust && !caller.credentials.effective.has('CAP_SYS_RESOURCE')) return errno('EACCES');
      process.oomScoreAdjust = value;
      return undefined;
    },
  });
}

interface Common {
  readonly modified: number;
  readonly owner: Owner;
}

/** Processes that have listed their own descriptors. */
const listing = new WeakSet<Process>();

function freeDescriptor(process: Process): number {
  let fd = 0;
  while (process.files.has(fd)) fd++;
  return fd;
}

/** The directory that is being read: BusyBox has closed it when it asks where the link leads. */
function ownListing(process: Process, common: Common): Node {
  const closed = process.exe.endsWith('/busybox');
  return new SyntheticLink({
    ...common,
    mode: 0o500,
    size: 64,
    target: () => (closed ? errno('ENOENT') : `/proc/${process.pids.at(-1)?.pid ?? 0}/fd`),
    jump: () => errno('ENOENT'),
  });
}

/** /proc/PID/fd: whoever may not inspect the process cannot even list it. */
function descriptors(process: Process, common: Common): Node {
  return new SyntheticDirectory({
    ...common,
    mode: 0o500,
    names(caller) {
      if (!mayInspect(caller, process)) return errno('EACCES');
      const names = [...process.files.keys()].map(String);
      if (caller !== process) return names;
      // Whoever lists its own descriptors sees the one by which it lists them.
      listing.add(process);
      return [...names, String(freeDescriptor(process))];
    },
    lookup(name) {
      const file = /^\d+$/.test(name) ? process.files.get(Number(name)) : undefined;
      if (!file) return listing.has(process) && name === String(freeDescriptor(process)) ? ownListing(process, common) : undefined;
      return new SyntheticLink({
        ...common,
        mode: file.access === 'read' ? 0o500 : file.access === 'write' ? 0o300 : 0o700,
        size: 64,
        target: guarded(process, () => file.description),
        jump: (caller) =>
          mayInspect(caller, process)
            ? { kind: 'file', node: handleNode(file, common.owner, common.modified), ...(file.node ? { path: file.description } : {}) }
            : errno('EACCES'),
      });
    },
  });
}

function descriptorInfo(process: Process, common: Common): Node {
  return new SyntheticDirectory({
    ...common,
    mode: 0o500,
    names: (caller) => (mayInspect(caller, process) ? [...process.files.keys()].map(String) : errno('EACCES')),
    lookup: (name) =>
      /^\d+$/.test(name) && process.files.has(Number(name))
        ? new SyntheticFile({ ...common, mode: 0o400, read: () => 'pos:\t0\nflags:\t0100002\nmnt_id:\t15\nino:\t3\n' })
        : undefined,
  });
}

/** /proc/PID/ns: the links that tell which namespaces a process is in. */
function namespaceLinks(process: Process, common: Common): Node {
  const links = new Map<string, () => AnyNamespace | undefined>();
  for (const kind of NAMESPACE_KINDS) {
    links.set(kind, () => process.namespaces[kind]);
    if (kind === 'pid') links.set('pid_for_children', () => process.pidForChildren);
    if (kind === 'time') links.set('time_for_children', () => process.namespaces.time);
  }
  return new SyntheticDirectory({
    ...common,
    mode: 0o511,
    names: (caller) => (mayInspect(caller, process) ? [...links.keys()] : errno('EACCES')),
    lookup(name) {
      const namespace = links.get(name);
      if (!namespace) return undefined;
      const present = (): AnyNamespace | Errno => (isGone(process) ? errno('ENOENT') : (namespace() ?? errno('ENOENT')));
      return new SyntheticLink({
        ...common,
        target: guarded(process, () => {
          const found = present();
          return isErrno(found) ? found : `${found.kind}:[${found.inode}]`;
        }),
        jump: (caller) => {
          if (!mayInspect(caller, process)) return errno('EACCES');
          const found = present();
          return isErrno(found) ? found : { kind: 'file', node: new NamespaceNode(found, common.modified) };
        },
      });
    },
  });
}
