/** What both families of nsenter share: choosing namespaces, joining them, running the program (in a child where PIDs change). */
import { errno, isErrno, type Errno } from '../../../linux/errno.ts';
import type { NamespaceKind } from '../../../linux/namespace/inode.ts';
import type { AnyNamespace } from '../../../linux/namespace/namespaces.ts';
import { setns } from '../../../linux/namespace/setns.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { shellStatus, type Running } from '../../../linux/process/wait.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../../../linux/process/signals.ts';
import { KIND_NAMES, openNamespace } from '../../namespace/namespace-names.ts';
import { execute, loginShell } from '../../namespace/run-shell.ts';

export interface Wanted {
  readonly kind: NamespaceKind;
  /** Of the file that stands for it. */
  readonly path: string;
}

export interface NsenterWords {
  readonly cannotOpen: (path: string, error: Errno) => string;
  readonly cannotJoin: (kind: NamespaceKind, error: Errno) => string;
  readonly cannotRun: (program: string, error: Errno) => string;
}

export interface NsenterRequest {
  readonly wanted: readonly Wanted[];
  readonly program: readonly string[];
  readonly words: NsenterWords;
  /** Runs the program in a child when it enters a PID namespace. */
  readonly fork: boolean;
  /** Directories to take as root and as working directory, seen before anything was joined. */
  readonly root?: string | undefined;
  readonly directory?: string | undefined;
  /** A working directory by its path inside (-W). */
  readonly directoryInside?: string | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export function* enter(context: ProcessContext, request: NsenterRequest): Running {
  for (const path of [request.root, request.directory]) {
    const found = path === undefined ? undefined : context.kernel.vfs.stat(context.process, path);
    if (path === undefined || !isErrno(found)) continue;
    context.err(request.words.cannotOpen(path, found));
    return 1;
  }
  const opened: { readonly kind: NamespaceKind; readonly namespace: AnyNamespace }[] = [];
  // All files are opened before the first is joined, so that paths mean what they meant when they were typed.
  for (const { kind } of KIND_NAMES) {
    const wanted = request.wanted.find((each) => each.kind === kind);
    if (!wanted) continue;
    const namespace = openNamespace(context, wanted.path);
    if (isErrno(namespace) || !namespace) {
      context.err(namespace ? request.words.cannotOpen(wanted.path, namespace) : `nsenter: ${wanted.path}: Invalid argument\n`);
      return 1;
    }
    opened.push({ kind, namespace });
  }
  for (const { kind, namespace } of opened) {
    // setns(2) is told the kind; a process's own user namespace cannot be joined again (userns_install).
    const unfit = namespace.kind !== kind || (kind === 'user' && namespace === context.process.credentials.user);
    const failed = unfit ? errno('EINVAL') : setns(context.process, namespace);
    if (!failed) continue;
    context.err(request.words.cannotJoin(kind, failed));
    return 1;
  }
  if (request.root !== undefined) context.kernel.vfs.changeRoot(context.process, request.root);
  if (request.directory !== undefined) context.chdir(request.directory);
  if (request.directoryInside !== undefined) {
    const failed = context.chdir(request.directoryInside);
    if (failed) {
      context.err(`nsenter: change directory by working directory file descriptor failed: ${failed.text}\n`);
      return 1;
    }
  }
  if (request.uid !== undefined || request.gid !== undefined) {
    const { credentials } = context.process;
    context.process.credentials = { ...credentials, uid: request.uid ?? credentials.uid, gid: request.gid ?? credentials.gid, groups: [] };
  }
  const entersPid = opened.some((each) => each.kind === 'pid');
  if (!entersPid || !request.fork) return yield* run(context, request);
  const child = context.fork((inner) => run(inner, request));
  if (isErrno(child)) {
    context.err(`nsenter: fork failed: ${child.text}\n`);
    return 1;
  }
  return yield* passOn(context);
}

/** Runs the program or a shell in this process. */
function* run(context: ProcessContext, request: NsenterRequest): Running {
  const [name] = request.program;
  if (name !== undefined) {
    const failed = yield* execute(context, request.program);
    context.err(request.words.cannotRun(name, failed));
    return failed.code === 'ENOENT' ? 127 : 126;
  }
  const shell = loginShell(context);
  const failed = yield* context.exec(shell.path, shell.argv);
  context.err(request.words.cannotRun(shell.path, failed));
  return failed.code === 'ENOENT' ? 127 : 126;
}

/** Waits for the only child and ends as it did. */
export function* passOn(context: ProcessContext): Running {
  for (;;) {
    const change = yield* context.wait();
    if (isErrno(change)) {
      if (change.code === 'EINTR') continue;
      return 1;
    }
    if (change.change.kind === 'exited' || change.change.kind === 'signaled')
      return shellStatus(change.change, (signal) => SIGNAL_NUMBERS[signal as SignalName]);
  }
}
