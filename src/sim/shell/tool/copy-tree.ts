/** Copying and removing whole trees, for cp, mv and rm. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import type { ToolCall } from './tool.ts';

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`;
}

export function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? path;
}

export interface CopyOptions {
  readonly recursive: boolean;
  /** Copies symbolic links as links. */
  readonly links: boolean;
  readonly preserve: boolean;
}

/** @returns whether everything could be copied; complaints are already written */
export function* copyTree(call: ToolCall, [from, to]: readonly [string, string], how: CopyOptions): Blocking<boolean> {
  const { context } = call;
  const { vfs } = context.kernel;
  const status = vfs.stat(context.process, from, !how.links);
  if (isErrno(status)) {
    call.complain(call.busybox ? `can't stat '${from}': ${status.text}` : `cannot stat '${from}': ${status.text}`);
    return false;
  }
  if (status.kind === 'directory') {
    if (!how.recursive) {
      call.complain(call.busybox ? `omitting directory '${from}'` : `-r not specified; omitting directory '${from}'`);
      return false;
    }
    const existing = vfs.stat(context.process, to);
    if (isErrno(existing)) {
      const failure = vfs.mkdir(context.process, to, status.mode & 0o777);
      if (failure) return creationFailed(call, failure, { path: to, directory: true });
    }
    let complete = true;
    const names = vfs.readdir(context.process, from);
    for (const name of isErrno(names) ? [] : names) if (!(yield* copyTree(call, [joinPath(from, name), joinPath(to, name)], how))) complete = false;
    if (how.preserve) vfs.utime(context.process, to, status.modified);
    return complete;
  }
  if (status.kind === 'symlink') {
    const target = vfs.readlink(context.process, from);
    if (isErrno(target)) return false;
    vfs.remove(context.process, to);
    const failure = vfs.symlink(context.process, target, to);
    return failure ? creationFailed(call, failure, { path: to, directory: false }) : true;
  }
  const text = yield* context.readFile(from);
  if (isErrno(text)) {
    call.complain(call.busybox ? `can't open '${from}': ${text.text}` : `cannot open '${from}' for reading: ${text.text}`);
    return false;
  }
  const failure = context.writeFile(to, text, { mode: status.mode & 0o777 });
  if (failure) return creationFailed(call, failure, { path: to, directory: false });
  if (how.preserve) vfs.utime(context.process, to, status.modified);
  yield* context.checkpoint();
  return true;
}

function creationFailed(call: ToolCall, failure: Errno, { path, directory }: { readonly path: string; readonly directory: boolean }): false {
  call.complain(
    call.busybox ? `can't create '${path}': ${failure.text}` : `cannot create ${directory ? 'directory' : 'regular file'} '${path}': ${failure.text}`,
  );
  return false;
}

/** @returns whether everything is gone; complaints are already written */
export function* removeTree(call: ToolCall, path: string, visit?: (path: string, directory: boolean) => void): Blocking<boolean> {
  const { context } = call;
  const { vfs } = context.kernel;
  const status = vfs.stat(context.process, path, false);
  if (isErrno(status)) {
    call.complain(call.busybox ? `can't remove '${path}': ${status.text}` : `cannot remove '${path}': ${status.text}`);
    return false;
  }
  const directory = status.kind === 'directory';
  let complete = true;
  if (directory) {
    const names = vfs.readdir(context.process, path);
    for (const name of isErrno(names) ? [] : names) if (!(yield* removeTree(call, joinPath(path, name), visit))) complete = false;
    yield* context.checkpoint();
  }
  const failure = complete ? vfs.remove(context.process, path, directory) : undefined;
  if (failure) call.complain(call.busybox ? `can't remove '${path}': ${failure.text}` : `cannot remove '${path}': ${failure.text}`);
  else if (complete) visit?.(path, directory);
  return complete && !failure;
}
