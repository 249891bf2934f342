/** What nsenter, unshare, chroot and their like run without a program: the user's shell, as a login shell. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import type { ExecRequest, Wait, WakeReason } from '../../linux/process/wait.ts';
import { findOnPath } from '../tool/run-program.ts';

/** execvp(3): returns only with the error. */
export function* execute(context: ProcessContext, argv: readonly string[]): Generator<Wait | ExecRequest, Errno, WakeReason> {
  const path = findOnPath(context, argv[0] ?? '');
  return isErrno(path) ? path : yield* context.exec(path, argv);
}

/** The words that run a login shell, and its path. */
export function loginShell(context: ProcessContext): { readonly path: string; readonly argv: readonly string[] } {
  const path = context.env.get('SHELL') ?? '/bin/sh';
  return { path, argv: [`-${path.slice(path.lastIndexOf('/') + 1)}`] };
}
