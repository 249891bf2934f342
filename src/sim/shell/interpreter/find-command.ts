/** Which file a command name stands for: the search along PATH. */
import { errno, isErrno, type Errno } from '../../linux/errno.ts';
import type { Shell } from './shell.ts';

/** Every executable file of that name along PATH, the first one being the one that runs. */
export function findAll(shell: Shell, name: string): string[] {
  if (name === '') return [];
  const { kernel, process } = shell.context;
  const runnable = (path: string): boolean => {
    const status = kernel.vfs.stat(process, path);
    return !isErrno(status) && status.kind !== 'directory' && kernel.vfs.access(process, path, { execute: true }) === undefined;
  };
  if (name.includes('/')) return runnable(name) ? [name] : [];
  // Shells start with a PATH; whoever unsets it finds nothing any more, in bash only what lies in the directory.
  const path = shell.variables.get('PATH');
  if (path === undefined && shell.dialect.name !== 'bash') return [];
  return (path ?? '')
    .split(':')
    .map((each) => (each === '' ? `./${name}` : `${each}/${name}`))
    .filter((each) => runnable(each));
}

/** @returns the path to execute; ENOENT when there is none, EACCES and EISDIR for what may not be run */
export function findCommand(shell: Shell, name: string): string | Errno {
  const hashed = shell.hashed.get(name);
  if (hashed) {
    hashed.hits++;
    return hashed.path;
  }
  const found = findAll(shell, name)[0];
  if (found !== undefined) {
    if (!name.includes('/') && shell.interactive) shell.hashed.set(name, { path: found, hits: 1 });
    return found;
  }
  if (!name.includes('/')) return errno('ENOENT');
  const status = shell.context.kernel.vfs.stat(shell.context.process, name);
  if (isErrno(status)) return status;
  return errno(status.kind === 'directory' ? 'EISDIR' : 'EACCES');
}
