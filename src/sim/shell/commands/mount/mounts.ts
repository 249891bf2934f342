/** mount and umount: the mount table of the process's own namespace, and changes to it where the kernel lets it. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const mount = defineTool({
  name: 'mount',
  suite: 'mount',
  summary: { zh: '查看或挂载文件系统', en: 'Shows or mounts file systems' },
  usage: 'mount [OPTIONS] [-o OPT] DEVICE NODE\n\nMount a filesystem',
  gnuUsage: 'mount [-lhV]',
  busybox: { short: 'arwsnfvFt:o:O:' },
  gnu: {
    short: 'aBcfFhilLMno:rRsSt:TU:vVw',
    long: {
      bind: 'none',
      rbind: 'none',
      move: 'none',
      all: 'none',
      types: 'required',
      options: 'required',
      'read-only': 'none',
      verbose: 'none',
      'make-private': 'none',
      'make-rprivate': 'none',
      'make-shared': 'none',
      'make-slave': 'none',
    },
  },
  version: 'mount from util-linux 2.38.1',
  *run(call) {
    const { operands } = call;
    if (operands.length === 0) return yield* show(call);
    const [source = '', target] = operands;
    if (target === undefined)
      return call.busybox ? call.complain(`can't find ${source} in /etc/fstab`) : call.complain(`${source}: can't find in /etc/fstab.`);
    const options = (call.value('o', 'options') ?? '').split(',').filter((each) => each !== '');
    if (call.has('B', 'bind') || call.has('rbind', 'R')) options.push('bind');
    if (call.has('r', 'read-only')) options.push('ro');
    const type = call.value('t', 'types') ?? (options.includes('bind') ? 'none' : 'auto');
    const failure = call.context.kernel.vfs.mount(call.context.process, { source, target, type, options });
    if (!failure) return 0;
    return refused(call, { source, target, type, failure });
  },
});

function refused(call: ToolCall, what: { readonly source: string; readonly target: string; readonly type: string; readonly failure: Errno }): number {
  const { source, target, type, failure } = what;
  if (call.busybox) {
    if (failure.code === 'EPERM') return call.complain('permission denied (are you root?)');
    return call.complain(`mounting ${source} on ${target} failed: ${failure.text}`);
  }
  const { credentials } = call.context.process;
  if (failure.code === 'EPERM' && credentials.uid !== 0) return call.complain(`${target}: must be superuser to use mount.`);
  const why: Partial<Record<Errno['code'], string>> = {
    ENOENT: 'mount point does not exist.',
    ENOTDIR: 'mount point is not a directory.',
    EPERM: 'permission denied.',
    EACCES: 'permission denied.',
    ENODEV: `unknown filesystem type '${type}'.`,
    EBUSY: `${source} already mounted or mount point busy.`,
  };
  call.context.err(`mount: ${target}: ${why[failure.code] ?? `${failure.text}.`}\n`);
  if (failure.code === 'EPERM' || failure.code === 'EACCES')
    call.context.err('       dmesg(1) may have more information after failed mount system call.\n');
  return 32;
}

function* show(call: ToolCall): Blocking<number> {
  const text = yield* call.context.readFile('/proc/mounts');
  if (isErrno(text)) return call.complain(`failed to read mtab: ${text.text}`);
  const wanted = call.value('t', 'types')?.split(',');
  for (const line of text.split('\n')) {
    const [source = '', target = '', type = '', options = ''] = line.split(' ');
    if (target !== '' && (wanted === undefined || wanted.includes(type))) call.out(`${source} on ${target} type ${type} (${options})\n`);
  }
  return 0;
}

export const umount = defineTool({
  name: 'umount',
  suite: 'mount',
  summary: { zh: '卸载文件系统', en: 'Unmounts file systems' },
  usage: 'umount [-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY\n\nUnmount filesystems',
  gnuUsage: 'umount [-hV]',
  busybox: { short: 'rlfdant:v' },
  gnu: {
    short: 'aAcdfilnqRrt:vO:',
    long: { all: 'none', force: 'none', lazy: 'none', recursive: 'none', types: 'required', verbose: 'none', quiet: 'none' },
  },
  version: 'umount from util-linux 2.38.1',
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.busybox ? call.misuse(undefined) : (call.context.err('umount: bad usage\n'), call.misuse(undefined));
    let status = 0;
    for (const path of call.operands) {
      const failure = call.context.kernel.vfs.unmount(call.context.process, path);
      if (!failure) continue;
      if (call.busybox) status = call.complain(`can't unmount ${path}: ${failure.text}`);
      else {
        const why: Partial<Record<Errno['code'], string>> = {
          ENOENT: 'no mount point specified.',
          EINVAL: 'not mounted.',
          EBUSY: 'target is busy.',
          EPERM: call.context.process.credentials.uid === 0 ? 'permission denied.' : 'must be superuser to unmount.',
        };
        call.context.err(`umount: ${path}: ${why[failure.code] ?? `${failure.text}.`}\n`);
        status = 32;
      }
    }
    return status;
  },
});
