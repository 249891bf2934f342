/** What both families of unshare share: new namespaces, the mapping of ids, a fresh /proc, and the program in them. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { NamespaceKind } from '../../../linux/namespace/inode.ts';
import { mapSelf, unshare } from '../../../linux/namespace/unshare.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { execute, loginShell } from '../../namespace/run-shell.ts';
import { passOn } from '../nsenter/nsenter.ts';

export interface UnshareWords {
  readonly refused: (error: Errno) => string;
  readonly cannotMap: (error: Errno) => string;
  readonly cannotRun: (program: string, error: Errno) => string;
  readonly cannotMount: (path: string, error: Errno) => string;
}

export interface UnshareRequest {
  readonly kinds: ReadonlySet<NamespaceKind>;
  readonly fork: boolean;
  /** The own ids become root's inside. */
  readonly mapRoot: boolean;
  /** Keeps the own ids inside. */
  readonly mapSame?: boolean;
  /** Where a new proc is mounted first. */
  readonly mountProc: string | undefined;
  readonly root?: string | undefined;
  readonly directory?: string | undefined;
  readonly program: readonly string[];
  readonly words: UnshareWords;
}

export function* separate(context: ProcessContext, request: UnshareRequest): Running {
  const before = context.process.credentials;
  const failed = unshare(context.process, request.kinds);
  if (failed) {
    context.err(request.words.refused(failed));
    return 1;
  }
  const { uid, gid } = context.process.credentials;
  const inside = request.mapRoot ? { uid: 0, gid: 0 } : request.mapSame ? { uid, gid } : undefined;
  const unmapped = inside && mapSelf(context.process, before, inside);
  if (unmapped) {
    context.err(request.words.cannotMap(unmapped));
    return 1;
  }
  if (!request.fork) return yield* run(context, request);
  const child = context.fork((inner) => run(inner, request));
  if (isErrno(child)) {
    context.err(`unshare: fork failed: ${child.text}\n`);
    return 1;
  }
  return yield* passOn(context);
}

function* run(context: ProcessContext, request: UnshareRequest): Running {
  if (request.mountProc !== undefined) {
    const failed = context.kernel.vfs.mount(context.process, {
      source: 'proc',
      target: request.mountProc,
      type: 'proc',
      options: ['nosuid', 'noexec', 'nodev'],
    });
    if (failed) {
      context.err(request.words.cannotMount(request.mountProc, failed));
      return 1;
    }
  }
  if (request.root !== undefined) {
    const refused = context.kernel.vfs.changeRoot(context.process, request.root);
    if (refused) {
      context.err(`unshare: cannot change root directory to '${request.root}': ${refused.text}\n`);
      return 1;
    }
    context.chdir('/');
  }
  const unreachable = request.directory === undefined ? undefined : context.chdir(request.directory);
  if (unreachable) {
    context.err(`unshare: cannot chdir to '${request.directory ?? ''}': ${unreachable.text}\n`);
    return 1;
  }
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
