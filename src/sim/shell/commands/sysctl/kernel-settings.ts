/** Kernel settings as files below /proc/sys: names with dots, reading, writing, walking. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';

const ROOT = '/proc/sys';

/** `net.ipv4.ip_forward` or `net/ipv4/ip_forward` → its path; the first separator decides which one it is. */
export function pathOf(key: string): string {
  const first = /[./]/.exec(key)?.[0];
  if (first !== '.') return `${ROOT}/${key}`;
  return `${ROOT}/${[...key].map((character) => (character === '.' ? '/' : character === '/' ? '.' : character)).join('')}`;
}

export function keyOf(path: string): string {
  return path.slice(ROOT.length + 1).replaceAll(/[./]/g, (character) => (character === '/' ? '.' : '/'));
}

export function isDirectory(context: ProcessContext, path: string): boolean {
  const status = context.kernel.vfs.stat(context.process, path);
  return !isErrno(status) && status.kind === 'directory';
}

/** All files below `path`, in the order of their names. */
export function settingsBelow(context: ProcessContext, path: string): readonly string[] {
  const names = context.kernel.vfs.readdir(context.process, path);
  if (isErrno(names)) return [];
  return names.flatMap((name) => (isDirectory(context, `${path}/${name}`) ? settingsBelow(context, `${path}/${name}`) : [`${path}/${name}`]));
}

/** Lines of the value, without empty ones at the end. */
export function* readSetting(context: ProcessContext, path: string): Blocking<readonly string[] | Errno> {
  const text = yield* context.readFile(path);
  return isErrno(text) ? text : text.replace(/\n+$/, '').split('\n');
}

export function writeSetting(context: ProcessContext, path: string, value: string): Errno | undefined {
  const fd = context.open(path, { write: true });
  if (isErrno(fd)) return fd;
  const failed = context.write(fd, `${value}\n`);
  context.close(fd);
  return failed;
}
