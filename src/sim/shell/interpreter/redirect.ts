/** Redirections: changes a process's descriptors, with a way back for builtins and compound commands. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { OpenFile } from '../../linux/fs/open-file.ts';
import type { OpenFlags } from '../../linux/fs/vfs.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import { expandText, expandWords } from './expand-word.ts';
import type { Shell } from './shell.ts';
import type { Redirection } from './syntax.ts';

const FLAGS: Readonly<Record<string, OpenFlags>> = {
  '>': { write: true, create: true, truncate: true, mode: 0o666 },
  '>|': { write: true, create: true, truncate: true, mode: 0o666 },
  '&>': { write: true, create: true, truncate: true, mode: 0o666 },
  '>>': { write: true, create: true, append: true, mode: 0o666 },
  '&>>': { write: true, create: true, append: true, mode: 0o666 },
  '<': { read: true },
  '<>': { read: true, write: true, create: true, mode: 0o666 },
};

/** Descriptors as they were, to be put back. */
export class SavedFiles {
  readonly #shell: Shell;
  readonly #before = new Map<number, OpenFile | undefined>();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  set(fd: number, file: OpenFile | undefined): void {
    const { files } = this.#shell.context.process;
    const old = files.get(fd);
    if (this.#before.has(fd)) old?.release();
    else this.#before.set(fd, old);
    if (file) {
      file.retain();
      files.set(fd, file);
    } else files.delete(fd);
  }

  restore(): void {
    const { files } = this.#shell.context.process;
    for (const [fd, file] of this.#before) {
      files.get(fd)?.release();
      if (file) files.set(fd, file);
      else files.delete(fd);
    }
    this.#before.clear();
  }

  /** Makes the changes last: what was there before is closed. */
  keep(): void {
    for (const file of this.#before.values()) file?.release();
    this.#before.clear();
  }
}

/** Carries out `redirections` in order. @returns what undoes them, or undefined after a complaint */
export function* redirect(shell: Shell, redirections: readonly Redirection[]): Blocking<SavedFiles | undefined> {
  const saved = new SavedFiles(shell);
  for (const each of redirections) {
    if (!(yield* redirectOne(shell, each, saved))) {
      saved.restore();
      return undefined;
    }
  }
  return saved;
}

function* redirectOne(shell: Shell, redirection: Redirection, saved: SavedFiles): Blocking<boolean> {
  const { operator } = redirection;
  if (operator === '<<' || operator === '<<<') {
    const text = yield* expandText(shell, redirection.target);
    const { reader, writer } = shell.context.pipe();
    writer.retain();
    writer.write(operator === '<<<' ? `${text}\n` : text);
    writer.release();
    saved.set(redirection.fd ?? 0, reader);
    return true;
  }
  const fields = yield* expandWords(shell, [redirection.target]);
  const target = fields[0];
  if (fields.length !== 1 || target === undefined) {
    shell.complain(`${redirection.target.source}: ambiguous redirect`);
    return false;
  }
  if (operator === '>&' || operator === '<&') return duplicate(shell, { redirection, target }, saved);
  const file = open(shell, operator, target);
  if (isErrno(file)) return false;
  const fd = redirection.fd ?? (operator.startsWith('<') ? 0 : 1);
  saved.set(fd, file);
  if (operator.startsWith('&')) saved.set(2, file);
  return true;
}

function duplicate(
  shell: Shell,
  { redirection, target }: { readonly redirection: Redirection; readonly target: string },
  saved: SavedFiles,
): boolean {
  const fd = redirection.fd ?? (redirection.operator === '<&' ? 0 : 1);
  if (target === '-') {
    saved.set(fd, undefined);
    return true;
  }
  const number = /^(\d+)-?$/.exec(target)?.[1];
  if (number === undefined) {
    if (redirection.operator !== '>&' || redirection.fd !== undefined) {
      shell.complain(shell.dialect.name === 'bash' ? `${target}: ambiguous redirect` : `bad fd number`);
      return false;
    }
    const file = open(shell, '>', target);
    if (isErrno(file)) return false;
    saved.set(1, file);
    saved.set(2, file);
    return true;
  }
  const file = shell.context.process.files.get(Number(number));
  if (!file) {
    shell.complain(shell.dialect.name === 'ash' ? `dup2(${number},${fd}): Bad file descriptor` : `${number}: Bad file descriptor`);
    return false;
  }
  saved.set(fd, file);
  if (target.endsWith('-')) saved.set(Number(number), undefined);
  return true;
}

function open(shell: Shell, operator: string, path: string): OpenFile | Errno {
  const { kernel, process } = shell.context;
  if (shell.options.has('noclobber') && operator === '>') {
    const status = kernel.vfs.stat(process, path);
    if (!isErrno(status) && status.kind === 'file') {
      shell.complain(shell.dialect.name === 'bash' ? `${path}: cannot overwrite existing file` : `can't create ${path}: File exists`);
      return kernel.vfs.open(process, '/nonexistent/', { read: true });
    }
  }
  const device = /^\/dev\/(?:fd\/(\d+)|(stdin)|(stdout)|(stderr))$/.exec(path);
  if (device) {
    const fd = device[1] === undefined ? (device[2] ? 0 : device[3] ? 1 : 2) : Number(device[1]);
    const file = process.files.get(fd);
    if (file) return file;
  }
  const file = kernel.vfs.open(process, path, FLAGS[operator] ?? { read: true });
  if (isErrno(file)) shell.complain(shell.dialect.cannotOpen(path, file, !operator.startsWith('<')));
  return file;
}
