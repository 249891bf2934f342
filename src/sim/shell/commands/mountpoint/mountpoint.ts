/** mountpoint: whether a file system begins at a directory (util-linux: sys-utils/mountpoint.c; BusyBox: util-linux/mountpoint.c). */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const mountpoint = defineTool({
  name: 'mountpoint',
  suite: 'util-linux',
  summary: { zh: '判断目录是不是挂载点', en: 'Tells whether a directory is a mount point' },
  usage:
    'mountpoint [-q] { [-dn] DIR | -x DEVICE }\n\nCheck if DIR is a mountpoint\n\n\t-q\tQuiet\n\t-d\tPrint major:minor of the filesystem\n\t-n\tPrint device name of the filesystem\n\t-x\tPrint major:minor of DEVICE',
  gnuUsage: 'mountpoint [-qd] /path/to/directory\n mountpoint -x /dev/device',
  busybox: { short: 'qdnx' },
  gnu: { short: 'qdxhV', long: { quiet: 'none', fs_devno: 'none', devno: 'none', nofollow: 'none' } },
  version: 'mountpoint from util-linux 2.38.1',
  *run(call) {
    if (!call.busybox && call.has('V')) {
      call.out('mountpoint from util-linux 2.38.1\n');
      return 0;
    }
    const [path] = call.operands;
    if (path === undefined || call.operands.length > 1) {
      if (!call.busybox) call.context.err('mountpoint: bad usage\n');
      return call.misuse(undefined);
    }
    const quiet = call.has('q', 'quiet');
    const { kernel, process } = call.context;
    const status = kernel.vfs.stat(process, path);
    if (isErrno(status) || status.kind !== 'directory') {
      if (!quiet) call.complain(`${path}: ${isErrno(status) ? status.text : 'Not a directory'}`);
      return 1;
    }
    const real = kernel.vfs.realpath(process, path);
    const mount = isErrno(real) ? undefined : yield* mountAt(call, real);
    // BusyBox answers -d and -n for every directory.
    if (call.has('d', 'fs_devno')) {
      if (mount || call.busybox) call.out(`${mount?.device ?? `0:${status.deviceNumber}`}\n`);
      return mount ? 0 : 1;
    }
    if (call.busybox && call.has('n')) {
      call.out(`${mount?.source ?? 'UNKNOWN'} ${path}\n`);
      return mount ? 0 : 1;
    }
    if (!quiet) call.out(`${path} is ${mount ? '' : 'not '}a mountpoint\n`);
    return mount ? 0 : call.busybox ? 1 : 32;
  },
});

/** The topmost mount at a canonical path (/proc/self/mountinfo). */
function* mountAt(call: ToolCall, path: string): Blocking<{ readonly device: string; readonly source: string } | undefined> {
  const text = yield* call.context.readFile('/proc/self/mountinfo');
  if (isErrno(text)) return undefined;
  const line = text.split('\n').findLast((each) => each.split(' ')[4] === path);
  if (line === undefined) return undefined;
  const fields = line.split(' ');
  return { device: fields[2] ?? '', source: fields[fields.indexOf('-') + 2] ?? '' };
}
