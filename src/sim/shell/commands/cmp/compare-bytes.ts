/** cmp, truncate, unlink, link, chgrp: small tools about single files. */
import { isErrno } from '../../../linux/errno.ts';
import { idOutside } from '../../../linux/namespace/namespaces.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { parseCount } from '../../tool/count.ts';
import { readInput } from '../../tool/input.ts';
import { defineTool } from '../../tool/tool.ts';

export const cmp = defineTool({
  name: 'cmp',
  suite: 'coreutils',
  summary: { zh: '逐字节比较两个文件', en: 'Compares two files byte by byte' },
  usage: 'cmp [-ls] [-n NUM] FILE1 [FILE2]\n\nCompare FILE1 with FILE2 (or stdin)',
  gnuUsage: 'cmp [OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  busybox: { short: 'lsn:' },
  gnu: { short: 'bi:ln:s', long: { silent: 'none', quiet: 'none', verbose: 'none' } },
  mistake: 2,
  version: 'cmp (GNU diffutils) 3.8',
  *run(call) {
    const [left, right = '-'] = call.operands;
    if (left === undefined) return call.misuse("missing operand after 'cmp'");
    const texts: string[] = [];
    for (const path of [left, right]) {
      const text = yield* readInput(call.context, path);
      if (isErrno(text)) {
        call.complain(`${path}: ${text.text}`);
        return 2;
      }
      texts.push(text);
    }
    const [a = '', b = ''] = texts;
    if (a === b) return 0;
    const silent = call.has('s', 'silent', 'quiet');
    let at = 0;
    while (at < a.length && at < b.length && a[at] === b[at]) at++;
    const line = a.slice(0, at).split('\n').length;
    if (silent) return 1;
    if (at < a.length && at < b.length) call.out(`${left} ${right} differ: char ${at + 1}, line ${line}\n`);
    else
      call.context.err(
        `cmp: EOF on ${at >= a.length ? left : right}${call.busybox ? '' : ` after byte ${at}, ${at > 0 ? `line ${line - 1}` : 'which is empty'}`}\n`,
      );
    return 1;
  },
});

export const truncate = defineTool({
  name: 'truncate',
  suite: 'coreutils',
  summary: { zh: '把文件截成给定的大小', en: 'Cuts or extends files' },
  usage: 'truncate [-c] -s SIZE FILE...\n\nTruncate FILEs to SIZE',
  gnuUsage: 'truncate OPTION... FILE...',
  busybox: { short: 'cs:' },
  gnu: { short: 'cors:', long: { 'no-create': 'none', size: 'required', reference: 'required' } },
  *run(call) {
    const word = call.value('s', 'size');
    if (word === undefined) return call.misuse("you must specify either '--size' or '--reference'");
    const size = parseCount(word);
    if (size === undefined) return call.complain(call.busybox ? `invalid number '${word}'` : `Invalid number: ${call.quote(word)}`);
    if (call.operands.length === 0) return call.misuse('missing file operand');
    let status = 0;
    for (const path of call.operands) {
      const text = yield* call.context.readFile(path);
      if (isErrno(text) && (text.code !== 'ENOENT' || call.has('c', 'no-create'))) continue;
      const before = isErrno(text) ? '' : text;
      const failure = call.context.writeFile(path, before.slice(0, size).padEnd(Math.min(size, 1_000_000), '\0'));
      if (failure) status = call.complain(call.busybox ? `${path}: open: ${failure.text}` : `cannot open '${path}' for writing: ${failure.text}`);
    }
    return status;
  },
});

export const unlink = defineTool({
  name: 'unlink',
  suite: 'coreutils',
  summary: { zh: '删除一个文件名', en: 'Removes one name' },
  usage: 'unlink FILE\n\nDelete FILE by calling unlink()',
  gnuUsage: 'unlink FILE',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    yield* call.context.flush();
    const [path] = call.operands;
    if (path === undefined || call.operands.length > 1)
      return call.misuse(path === undefined ? 'missing operand' : `extra operand ${call.quote(call.operands[1] ?? '')}`);
    const failure = call.context.kernel.vfs.remove(call.context.process, path);
    return failure ? call.complain(call.busybox ? `can't remove file '${path}': ${failure.text}` : `cannot unlink '${path}': ${failure.text}`) : 0;
  },
});

export const chgrp = defineTool({
  name: 'chgrp',
  suite: 'coreutils',
  summary: { zh: '改变文件的组', en: 'Changes the group of files' },
  usage: 'chgrp [-RhLHPcvf]... GROUP FILE...\n\nChange the group membership of FILEs to GROUP',
  gnuUsage: 'chgrp [OPTION]... GROUP FILE...',
  busybox: { short: 'RhLHPcvf', stopAtOperand: true },
  gnu: { short: 'RhLHPcvf', long: { recursive: 'none' }, stopAtOperand: true },
  *run(call) {
    const [word, ...paths] = call.operands;
    if (word === undefined) return call.misuse('missing operand');
    if (paths.length === 0) return call.misuse(`missing operand after ${call.quote(word)}`);
    const accounts = yield* readAccounts(call.context);
    const group = accounts.groupId(word) ?? (/^\d+$/.test(word) ? Number(word) : undefined);
    if (group === undefined) return call.complain(call.busybox ? `unknown group ${word}` : `invalid group: ${call.quote(word)}`);
    const { vfs } = call.context.kernel;
    const { process } = call.context;
    let status = 0;
    for (const path of paths) {
      const found = vfs.stat(process, path);
      const failure = isErrno(found) ? found : vfs.chown(process, path, found.uid, idOutside(process.namespaces.user.gidMap, group) ?? group);
      if (failure)
        status = call.complain(
          call.busybox
            ? `${path}: ${failure.text}`
            : isErrno(found)
              ? `cannot access '${path}': ${failure.text}`
              : `changing group of '${path}': ${failure.text}`,
        );
    }
    return status;
  },
});
