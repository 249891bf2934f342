/** The kubelet's view of its node's files: what node-host.ts asks for, on a simulated machine. */
import { isErrno } from '../../linux/errno.ts';
import type { Machine } from '../../linux/machine.ts';
import { ProcessContext } from '../../linux/process/process-context.ts';
import type { FileType, NodeFiles } from '../kubelet/node-host.ts';

/** Virtual milliseconds between two looks at a watched directory; real kubelets are told by inotify. */
const LOOK_AGAIN = 1_000;
const WHOLE = 10_000_000;

export function machineFiles(machine: Machine): NodeFiles {
  const { kernel, init } = machine;
  const context = new ProcessContext(kernel, init);
  const readText = (path: string): string | undefined => {
    const file = kernel.vfs.open(init, path, { read: true });
    if (isErrno(file)) return undefined;
    const text = file.read({ max: WHOLE });
    return typeof text === 'string' ? text : undefined;
  };
  const list = (path: string): readonly string[] => {
    const names = kernel.vfs.readdir(init, path);
    return isErrno(names) ? [] : names;
  };
  const makeDirectory = (path: string): void => {
    const names = path.split('/').filter((name) => name !== '');
    for (let depth = 1; depth <= names.length; depth++) kernel.vfs.mkdir(init, `/${names.slice(0, depth).join('/')}`, 0o755);
  };
  const typeOf = (path: string): FileType | undefined => {
    const status = kernel.vfs.stat(init, path);
    if (isErrno(status)) return undefined;
    switch (status.kind) {
      case 'directory':
      case 'socket':
        return status.kind;
      case 'character-device':
        return 'char-device';
      case 'block-device':
        return 'block-device';
      default:
        return 'file';
    }
  };
  return {
    readText,
    list,
    typeOf,
    makeDirectory,
    createFile(path) {
      makeDirectory(path.slice(0, path.lastIndexOf('/')));
      context.writeFile(path, '');
    },
    watch(directory, listener) {
      const state = (): string =>
        list(directory)
          .map((name) => `${name} ${modified(machine, `${directory}/${name}`)}`)
          .join('\n');
      let before = state();
      let timer = kernel.simulation.after(LOOK_AGAIN, function look() {
        const now = state();
        if (now !== before) {
          before = now;
          listener();
        }
        timer = kernel.simulation.after(LOOK_AGAIN, look);
      });
      return () => {
        timer.cancel();
      };
    },
  };
}

function modified(machine: Machine, path: string): string {
  const status = machine.kernel.vfs.stat(machine.init, path);
  return isErrno(status) ? '' : `${status.modified} ${status.size} ${status.inode}`;
}
