/** mount and umount: the mount table of the process's own namespace, and changes to it where the kernel lets it. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave', 'unbindable', 'runbindable'] as const;

/** util-linux ends every complaint about the system call so. */
const SEE_DMESG = '       dmesg(1) may have more information after failed mount system call.\n';

/** BusyBox's status when the system call fails. */
const BUSYBOX_FAILED = 255;

export const mount = defineTool({
  name: 'mount',
  suite: 'mount',
  summary: { zh: '查看或挂载文件系统', en: 'Shows or mounts file systems' },
  usage: 'mount [OPTIONS] [-o OPT] DEVICE NODE\n\nMount a filesystem',
  gnuUsage: 'mount [-lhV]',
  busybox: {
    short: 'arwsnfvFt:o:O:',
    long: { bind: 'none', rbind: 'none', move: 'none', ...Object.fromEntries(PROPAGATIONS.map((each) => [`make-${each}`, 'none' as const])) },
  },
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
      version: 'none',
      ...Object.fromEntries(PROPAGATIONS.map((each) => [`make-${each}`, 'none' as const])),
    },
  },
  version: 'mount from util-linux 2.38.1',
  *run(call) {
    const { operands } = call;
    if (!call.busybox && call.has('V', 'version')) {
      call.out('mount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n');
      return 0;
    }
    // Nobody has an fstab here.
    if (call.has('a', 'all')) return call.busybox ? call.complain("can't read '/etc/fstab': No such file or directory") : 0;
    if (operands.length === 0) return yield* show(call);
    const options = call.parsed.options
      .filter((each) => each.name === 'o' || each.name === 'options')
      .flatMap((each) => (each.value ?? '').split(','))
      .filter((each) => each !== '');
    if (call.has('bind', ...(call.busybox ? [] : ['B']))) options.push('bind');
    if (call.has('rbind', ...(call.busybox ? [] : ['R']))) options.push('rbind');
    if (call.has('r', 'read-only')) options.push('ro');
    const propagation = PROPAGATIONS.filter((each) => call.has(`make-${each}`));
    options.push(...propagation);
    const changes = options.includes('remount') || propagation.length > 0;
    const source = operands[1] === undefined && changes ? 'none' : (operands[0] ?? '');
    const target = operands[1] ?? (changes ? operands[0] : undefined);
    if (target === undefined)
      return call.complain(call.busybox ? "can't read '/etc/fstab': No such file or directory" : `${source}: can't find in /etc/fstab.`);
    const type = call.value('t', 'types') ?? (propagation.length > 0 ? '' : options.includes('bind') || options.includes('rbind') ? 'none' : 'auto');
    const failure = call.context.kernel.vfs.mount(call.context.process, { source, target, type, options });
    if (!failure) return 0;
    return refused(call, { source, target, type, failure, remount: options.includes('remount') });
  },
});

interface Refused {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly failure: Errno;
  readonly remount: boolean;
}

function refused(call: ToolCall, what: Refused): number {
  const { source, target, type, failure } = what;
  const { kernel, process } = call.context;
  const exists = (path: string): boolean => !isErrno(kernel.vfs.stat(process, path));
  if (call.busybox) {
    if (failure.code === 'EPERM') return call.complain('permission denied (are you root?)');
    if (what.remount && source === 'none') return call.complain(`can't find ${target} in /proc/mounts`);
    const missing = type === 'auto' && !exists(source);
    call.complain(`mounting ${source} on ${target} failed: ${missing ? 'No such file or directory' : failure.text}`);
    return BUSYBOX_FAILED;
  }
  let why: string;
  if (failure.code === 'EPERM' && process.credentials.uid !== 0) why = 'must be superuser to use mount.';
  else if (failure.code !== 'EPERM' && !exists(target)) why = 'mount point does not exist.';
  else if (failure.code !== 'EPERM' && (type === 'auto' || type === 'none') && source.startsWith('/') && !exists(source))
    why = `special device ${source} does not exist.`;
  else if (failure.code === 'EINVAL')
    why = what.remount
      ? 'mount point not mounted or bad option.'
      : `wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`;
  else {
    const words: Partial<Record<Errno['code'], string>> = {
      ENOTDIR: 'mount point is not a directory.',
      EPERM: 'permission denied.',
      EACCES: 'permission denied.',
      ENODEV: `unknown filesystem type '${type}'.`,
      EBUSY: `${source} already mounted or mount point busy.`,
    };
    why = words[failure.code] ?? `${failure.text}.`;
  }
  call.context.err(`mount: ${target}: ${why}\n${SEE_DMESG}`);
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
    short: 'aAcdfilnqRrt:vO:V',
    long: { all: 'none', force: 'none', lazy: 'none', recursive: 'none', types: 'required', verbose: 'none', quiet: 'none' },
  },
  version: 'umount from util-linux 2.38.1',
  *run(call) {
    yield* call.context.flush();
    if (!call.busybox && call.has('V')) {
      call.out('umount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n');
      return 0;
    }
    if (call.operands.length === 0) return call.busybox ? call.misuse(undefined) : (call.context.err('umount: bad usage\n'), call.misuse(undefined));
    let status = 0;
    for (const path of call.operands) {
      const failure = call.context.kernel.vfs.unmount(call.context.process, path, call.has('l', 'lazy'));
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
