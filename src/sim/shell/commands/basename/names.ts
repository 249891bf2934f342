/** basename, dirname, readlink, realpath: parts of paths and where they lead. */
import { isErrno } from '../../../linux/errno.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { defineTool } from '../../tool/tool.ts';

function lastPart(path: string): string {
  return /^\/+$/.test(path) ? '/' : (path.replace(/\/+$/, '').split('/').at(-1) ?? path);
}

export const basename = defineTool({
  name: 'basename',
  suite: 'coreutils',
  summary: { zh: '取路径的最后一段', en: 'Last part of a path' },
  usage: 'basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...\n\nStrip directory path and SUFFIX from FILE',
  gnuUsage: 'basename NAME [SUFFIX]',
  busybox: { short: 'as:', stopAtOperand: true },
  gnu: { short: 'as:z', long: { multiple: 'none', suffix: 'required', zero: 'none' }, stopAtOperand: true },
  *run(call) {
    yield* call.context.flush();
    const [first, second, third] = call.operands;
    if (first === undefined) return call.misuse('missing operand');
    const several = call.has('a', 's', 'multiple', 'suffix');
    if (!several && third !== undefined) return call.misuse(`extra operand ${call.quote(third)}`);
    const suffix = call.value('s', 'suffix') ?? (several ? undefined : second);
    for (const path of several ? call.operands : [first]) {
      const name = lastPart(path);
      call.out(`${suffix !== undefined && suffix !== name && name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name}\n`);
    }
    return 0;
  },
});

export const dirname = defineTool({
  name: 'dirname',
  suite: 'coreutils',
  summary: { zh: '取路径的目录部分', en: 'Path without its last part' },
  usage: 'dirname FILENAME\n\nStrip non-directory suffix from FILENAME',
  gnuUsage: 'dirname [OPTION] NAME...',
  busybox: { short: '', stopAtOperand: true },
  gnu: { short: 'z' },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0 || (call.busybox && call.operands.length > 1)) return call.misuse('missing operand');
    for (const path of call.operands) {
      const trimmed = path.replace(/(?!^)\/+$/, '');
      const at = trimmed.lastIndexOf('/');
      call.out(`${at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '') || '/'}\n`);
    }
    return 0;
  },
});

export const readlink = defineTool({
  name: 'readlink',
  suite: 'coreutils',
  summary: { zh: '显示符号链接指向哪里', en: 'Shows where a link leads' },
  usage:
    "readlink [-fnv] FILE\n\nDisplay the value of a symlink\n\n\t-f\tCanonicalize by following all symlinks\n\t-n\tDon't add newline\n\t-v\tVerbose",
  gnuUsage: 'readlink [OPTION]... FILE...',
  busybox: { short: 'fnvq' },
  gnu: { short: 'femnqsvz', long: { canonicalize: 'none', 'canonicalize-existing': 'none', 'canonicalize-missing': 'none', 'no-newline': 'none' } },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0 || (call.busybox && call.operands.length > 1)) return call.misuse('missing operand');
    const { vfs } = call.context.kernel;
    let status = 0;
    for (const path of call.operands) {
      const canonical = call.has('f', 'e', 'm', 'canonicalize', 'canonicalize-existing', 'canonicalize-missing');
      const target = canonical ? canonicalPath(call.context, path, call.has('m')) : vfs.readlink(call.context.process, path);
      if (target === undefined || isErrno(target)) {
        status = 1;
        if (call.has('v') && isErrno(target)) call.complain(`${path}: ${target.text}`);
      } else call.out(call.has('n', 'no-newline') ? target : `${target}\n`);
    }
    return status;
  },
});

export const realpath = defineTool({
  name: 'realpath',
  suite: 'coreutils',
  summary: { zh: '显示路径的真实位置', en: 'Resolves a path' },
  usage: 'realpath FILE...\n\nPrint absolute pathnames of FILE',
  gnuUsage: 'realpath [OPTION]... FILE...',
  busybox: { short: '' },
  gnu: { short: 'emLPqsz' },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.misuse('missing operand');
    let status = 0;
    for (const path of call.operands) {
      const target = canonicalPath(call.context, path, call.has('m'));
      if (target !== undefined) call.out(`${target}\n`);
      else status = call.complain(`${path}: No such file or directory`);
    }
    return status;
  },
});

/** The path without links; its last part need not exist. */
function canonicalPath(context: ProcessContext, path: string, missing: boolean): string | undefined {
  const { vfs } = context.kernel;
  const real = vfs.realpath(context.process, path);
  if (!isErrno(real)) return real;
  const absolute = path.startsWith('/') ? path : `${context.cwd === '/' ? '' : context.cwd}/${path}`;
  const at = absolute.replace(/\/+$/, '').lastIndexOf('/');
  const parent = vfs.realpath(context.process, absolute.slice(0, at) || '/');
  if (isErrno(parent)) return missing ? absolute : undefined;
  return `${parent === '/' ? '' : parent}/${absolute.replace(/\/+$/, '').slice(at + 1)}`;
}
