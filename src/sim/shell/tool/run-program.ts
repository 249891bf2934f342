/** How tools that run other programs find them: execvp(3). */
import { errno, isErrno, type Errno } from '../../linux/errno.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** @returns the path to execute; ENOENT or EACCES when there is none */
export function findOnPath(context: ProcessContext, name: string, path = context.env.get('PATH') ?? '/bin:/usr/bin'): string | Errno {
  const { vfs } = context.kernel;
  const usable = (candidate: string): Errno | undefined => {
    const status = vfs.stat(context.process, candidate);
    if (isErrno(status)) return status;
    return status.kind === 'directory' ? errno('EACCES') : vfs.access(context.process, candidate, { execute: true });
  };
  if (name.includes('/')) return usable(name) ?? name;
  let failure = errno('ENOENT');
  for (const directory of path.split(':')) {
    const candidate = `${directory === '' ? '.' : directory}/${name}`;
    const problem = usable(candidate);
    if (!problem) return candidate;
    if (problem.code === 'EACCES') failure = problem;
  }
  return failure;
}
