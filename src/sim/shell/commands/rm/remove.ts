/** rm, rmdir, mkdir, touch, ln, mktemp: making and removing names. */
import { isErrno } from '../../../linux/errno.ts';
import { baseName, joinPath, removeTree } from '../../tool/copy-tree.ts';
import { changedMode } from '../../tool/file-mode.ts';
import { defineTool } from '../../tool/tool.ts';

export const rm = defineTool({
  name: 'rm',
  suite: 'coreutils',
  summary: { zh: '删除文件', en: 'Removes files' },
  usage: 'rm [-irf] FILE...\n\nRemove (unlink) FILEs\n\n\t-i\tAlways prompt before removing\n\t-f\tNever prompt\n\t-R,-r\tRecurse',
  gnuUsage: 'rm [OPTION]... [FILE]...',
  busybox: { short: 'irRfv' },
  gnu: {
    short: 'dfiIrRv',
    long: {
      force: 'none',
      recursive: 'none',
      dir: 'none',
      verbose: 'none',
      interactive: 'optional',
      'no-preserve-root': 'none',
      'preserve-root': 'optional',
      'one-file-system': 'none',
    },
  },
  *run(call) {
    const force = call.has('f', 'force');
    if (call.operands.length === 0) return force ? 0 : call.misuse('missing operand');
    const { vfs } = call.context.kernel;
    const recursive = call.has('r', 'R', 'recursive');
    let status = 0;
    for (const path of call.operands) {
      const found = vfs.stat(call.context.process, path, false);
      if (isErrno(found)) {
        if (!(force && (found.code === 'ENOENT' || found.code === 'ENOTDIR')))
          status = call.complain(call.busybox ? `can't remove '${path}': ${found.text}` : `cannot remove '${path}': ${found.text}`);
        continue;
      }
      if (found.kind === 'directory' && !recursive && !call.has('d', 'dir')) {
        status = call.complain(call.busybox ? `'${path}' is a directory` : `cannot remove '${path}': Is a directory`);
        continue;
      }
      if (/^(?:.*\/)?\.{1,2}\/?$/.test(path)) {
        status = call.complain(call.busybox ? "can't remove '.' or '..'" : `refusing to remove '.' or '..' directory: skipping '${path}'`);
        continue;
      }
      if (path.replace(/\/+/g, '/') === '/' && !call.busybox && !call.has('no-preserve-root')) {
        call.complain("it is dangerous to operate recursively on '/'");
        status = call.complain('use --no-preserve-root to override this failsafe');
        continue;
      }
      const gone = yield* removeTree(
        call,
        path,
        call.has('v', 'verbose')
          ? (each, directory) => {
              call.out(`removed ${directory && !call.busybox ? 'directory ' : ''}'${each}'\n`);
            }
          : undefined,
      );
      if (!gone) status = 1;
    }
    return status;
  },
});

export const rmdir = defineTool({
  name: 'rmdir',
  suite: 'coreutils',
  summary: { zh: '删除空目录', en: 'Removes empty directories' },
  usage: 'rmdir [-p] DIRECTORY...\n\nRemove DIRECTORY if it is empty\n\n\t-p\tInclude parents',
  gnuUsage: 'rmdir [OPTION]... DIRECTORY...',
  busybox: { short: 'p', long: { parents: 'none', 'ignore-fail-on-non-empty': 'none' } },
  gnu: { short: 'pv', long: { parents: 'none', verbose: 'none', 'ignore-fail-on-non-empty': 'none' } },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.misuse('missing operand');
    let status = 0;
    for (const operand of call.operands) {
      for (let path = operand; ; path = path.slice(0, path.lastIndexOf('/'))) {
        const failure = call.context.kernel.vfs.remove(call.context.process, path, true);
        if (failure && !(call.has('ignore-fail-on-non-empty') && failure.code === 'ENOTEMPTY'))
          status = call.complain(call.busybox ? `'${path}': ${failure.text}` : `failed to remove '${path}': ${failure.text}`);
        if (failure || !call.has('p', 'parents') || !path.includes('/', 1)) break;
      }
    }
    return status;
  },
});

export const mkdir = defineTool({
  name: 'mkdir',
  suite: 'coreutils',
  summary: { zh: '建立目录', en: 'Makes directories' },
  usage: 'mkdir [-m MODE] [-p] DIRECTORY...\n\nCreate DIRECTORY\n\n\t-m MODE\tMode\n\t-p\tNo error if exists; make parent directories as needed',
  gnuUsage: 'mkdir [OPTION]... DIRECTORY...',
  busybox: { short: 'm:pv', long: { mode: 'required', parents: 'none' } },
  gnu: { short: 'm:pvZ', long: { mode: 'required', parents: 'none', verbose: 'none' } },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.misuse('missing operand');
    const { vfs } = call.context.kernel;
    const { process } = call.context;
    const modeWord = call.value('m', 'mode');
    const mode = modeWord === undefined ? 0o777 : changedMode(modeWord, 0o777, { directory: true, umask: process.umask });
    if (mode === undefined) return call.complain(call.busybox ? `invalid mode '${modeWord ?? ''}'` : `invalid mode ${call.quote(modeWord ?? '')}`);
    const failed = (path: string, text: string): number =>
      call.complain(call.busybox ? `can't create directory '${path}': ${text}` : `cannot create directory ${call.quote(path)}: ${text}`);
    let status = 0;
    for (const operand of call.operands) {
      const parts = operand.split('/');
      const paths = call.has('p', 'parents') ? parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter((each) => each !== '') : [operand];
      for (const path of paths) {
        const existing = vfs.stat(process, path);
        if (call.has('p', 'parents') && !isErrno(existing) && existing.kind === 'directory') continue;
        const failure = vfs.mkdir(process, path, mode);
        if (failure) {
          status = failed(path, failure.text);
          break;
        }
        if (modeWord !== undefined && path === operand) vfs.chmod(process, path, mode);
        if (call.has('v', 'verbose')) call.out(call.busybox ? `created directory: '${path}'\n` : `mkdir: created directory '${path}'\n`);
      }
    }
    return status;
  },
});

export const touch = defineTool({
  name: 'touch',
  suite: 'coreutils',
  summary: { zh: '建立空文件或更新时间', en: 'Makes files or updates their times' },
  usage: 'touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...\n\nUpdate mtime of FILEs',
  gnuUsage: 'touch [OPTION]... FILE...',
  busybox: { short: 'chamd:t:r:f', long: { 'no-create': 'none' } },
  gnu: { short: 'acd:fhmr:t:', long: { 'no-create': 'none', date: 'required', reference: 'required' } },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.misuse('missing file operand');
    const { vfs } = call.context.kernel;
    const { process, simulation } = call.context;
    let moment = simulation.wallClock;
    const reference = call.value('r', 'reference');
    if (reference !== undefined) {
      const found = vfs.stat(process, reference);
      if (isErrno(found))
        return call.complain(call.busybox ? `${reference}: ${found.text}` : `failed to get attributes of '${reference}': ${found.text}`);
      moment = found.modified;
    }
    const dated = Date.parse(call.value('d', 'date') ?? '');
    if (!Number.isNaN(dated)) moment = dated;
    let status = 0;
    for (const path of call.operands) {
      let failure = vfs.utime(process, path, moment);
      if (failure?.code === 'ENOENT') {
        if (call.has('c', 'no-create')) continue;
        failure = call.context.writeFile(path, '', { append: true });
        if (!failure && (reference !== undefined || !Number.isNaN(dated))) vfs.utime(process, path, moment);
      }
      if (failure) status = call.complain(call.busybox ? `${path}: ${failure.text}` : `cannot touch '${path}': ${failure.text}`);
    }
    return status;
  },
});

export const ln = defineTool({
  name: 'ln',
  suite: 'coreutils',
  summary: { zh: '建立链接', en: 'Makes links' },
  usage:
    "ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR\n\nCreate a link LINK or DIR/TARGET to the specified TARGET(s)\n\n\t-s\tMake symlinks instead of hardlinks\n\t-f\tRemove existing destinations\n\t-n\tDon't dereference symlinks - treat like normal file",
  gnuUsage: 'ln [OPTION]... [-T] TARGET LINK_NAME',
  busybox: { short: 'sfnbtvS:T' },
  gnu: { short: 'bdFfiLnPrsS:t:Tv', long: { symbolic: 'none', force: 'none', 'no-dereference': 'none', verbose: 'none', relative: 'none' } },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0 || (call.busybox && call.operands.length < 2)) return call.misuse('missing file operand');
    const { vfs } = call.context.kernel;
    const { process } = call.context;
    const last = call.operands.length > 1 ? (call.operands.at(-1) ?? '.') : '.';
    const into = vfs.stat(process, last, !call.has('n', 'no-dereference'));
    const directory = !isErrno(into) && into.kind === 'directory' && !call.has('T');
    const symbolic = call.has('s', 'symbolic');
    let status = 0;
    for (const target of call.operands.length > 1 ? call.operands.slice(0, -1) : call.operands) {
      const name = directory ? joinPath(last, baseName(target)) : last;
      if (!symbolic) {
        const found = vfs.stat(process, target);
        if (isErrno(found)) {
          status = call.complain(call.busybox ? `${target}: ${found.text}` : `failed to access '${target}': ${found.text}`);
          continue;
        }
      }
      if (call.has('f', 'force')) vfs.remove(process, name);
      const failure = symbolic ? vfs.symlink(process, target, name) : vfs.link(process, target, name);
      if (failure)
        status = call.complain(
          call.busybox
            ? `${name}: ${failure.text}`
            : `failed to create ${symbolic ? 'symbolic' : 'hard'} link '${name}'${symbolic ? '' : ` => '${target}'`}: ${failure.text}`,
        );
      else if (call.has('v', 'verbose')) call.out(`'${name}' ${symbolic ? '->' : '=>'} '${target}'\n`);
    }
    return status;
  },
});

export const mktemp = defineTool({
  name: 'mktemp',
  suite: 'coreutils',
  summary: { zh: '建立临时文件', en: 'Makes a temporary file' },
  usage: 'mktemp [-dt] [-p DIR] [TEMPLATE]\n\nCreate a temporary file with name based on TEMPLATE and print its name',
  gnuUsage: 'mktemp [OPTION]... [TEMPLATE]',
  busybox: { short: 'dtuqp:' },
  gnu: { short: 'dtuqp:V', long: { directory: 'none', 'dry-run': 'none', quiet: 'none', suffix: 'required', tmpdir: 'optional' } },
  *run(call) {
    yield* call.context.flush();
    const { context } = call;
    const template = call.operands[0] ?? (call.busybox ? 'tmp.XXXXXX' : 'tmp.XXXXXXXXXX');
    const marks = /X{6,}$|X{3,}(?=[^/]*$)/.exec(template)?.[0];
    if (marks === undefined) return call.complain(call.busybox ? `(null): Invalid argument` : `too few X's in template ${call.quote(template)}`);
    const random = context.simulation.random.string(marks.length, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
    const name = template.replace(marks, random) + (call.value('suffix') ?? '');
    const folder =
      call.value('p', 'tmpdir') ?? (call.operands.length === 0 || call.has('t', 'p', 'tmpdir') ? (context.env.get('TMPDIR') ?? '/tmp') : undefined);
    const path = folder === undefined ? name : joinPath(folder, name);
    const failure = call.has('u', 'dry-run')
      ? undefined
      : call.has('d', 'directory')
        ? context.kernel.vfs.mkdir(context.process, path, 0o700)
        : context.writeFile(path, '', { mode: 0o600 });
    if (failure)
      return call.complain(
        call.busybox
          ? `${path}: ${failure.text}`
          : `failed to create ${call.has('d') ? 'directory' : 'file'} via template ${call.quote(path)}: ${failure.text}`,
      );
    call.out(`${path}\n`);
    return 0;
  },
});
