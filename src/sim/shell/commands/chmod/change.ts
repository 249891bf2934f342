/** chmod and chown: permissions and owners. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { joinPath } from '../../tool/copy-tree.ts';
import { changedMode } from '../../tool/file-mode.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const chmod = defineTool({
  name: 'chmod',
  suite: 'coreutils',
  summary: { zh: '改变权限', en: 'Changes permissions' },
  usage: 'chmod [-Rcvf] MODE[,MODE]... FILE...\n\nMODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]',
  gnuUsage: 'chmod [OPTION]... MODE[,MODE]... FILE...',
  busybox: { short: '', raw: true },
  gnu: { short: '', raw: true },
  *run(call) {
    // `-x` and the like are modes: only words of nothing but options are options.
    const isOption = (word: string): boolean => /^-[Rcvf]+$|^--(?:recursive|changes|verbose|silent|quiet)$/.test(word);
    const words = call.operands.filter((each) => !isOption(each) && each !== '--');
    const recursive = call.operands.some((each) => isOption(each) && (each.includes('R') || each === '--recursive'));
    const [mode, ...paths] = words;
    if (mode === undefined) return call.misuse('missing operand');
    if (paths.length === 0) return call.misuse(`missing operand after ${call.quote(mode)}`);
    const valid = changedMode(mode, 0, { directory: false, umask: 0 }) !== undefined;
    if (!valid && !call.busybox) {
      call.complain(`invalid mode: ${call.quote(mode)}`);
      return call.misuse(undefined);
    }
    return yield* overTrees(call, { paths, recursive }, (path) => {
      const { vfs } = call.context.kernel;
      const status = vfs.stat(call.context.process, path);
      if (isErrno(status)) return call.complain(call.busybox ? `${path}: ${status.text}` : `cannot access '${path}': ${status.text}`);
      if (!valid) return call.complain(`invalid mode '${mode}'`);
      const next = changedMode(mode, status.mode, { directory: status.kind === 'directory', umask: call.context.process.umask }) ?? status.mode;
      const failure = vfs.chmod(call.context.process, path, next);
      return failure ? call.complain(call.busybox ? `${path}: ${failure.text}` : `changing permissions of '${path}': ${failure.text}`) : 0;
    });
  },
});

export const chown = defineTool({
  name: 'chown',
  suite: 'coreutils',
  summary: { zh: '改变所有者', en: 'Changes owners' },
  usage: 'chown [-RhLHPcvf]... USER[:[GRP]] FILE...\n\nChange the owner and/or group of FILEs to USER and/or GRP',
  gnuUsage: 'chown [OPTION]... [OWNER][:[GROUP]] FILE...',
  busybox: { short: 'RhLHPcvf', stopAtOperand: true },
  gnu: { short: 'RhLHPcvf', long: { recursive: 'none', 'no-dereference': 'none', verbose: 'none', reference: 'required' }, stopAtOperand: true },
  *run(call) {
    const [owner, ...paths] = call.operands;
    if (owner === undefined) return call.misuse('missing operand');
    if (paths.length === 0) return call.misuse(`missing operand after ${call.quote(owner)}`);
    const accounts = yield* readAccounts(call.context);
    const [userWord = '', groupWord] = owner.split(/[:.]/);
    const user = userWord === '' ? undefined : (accounts.userId(userWord) ?? (/^\d+$/.test(userWord) ? Number(userWord) : Number.NaN));
    const group =
      groupWord === undefined || groupWord === ''
        ? undefined
        : (accounts.groupId(groupWord) ?? (/^\d+$/.test(groupWord) ? Number(groupWord) : Number.NaN));
    if (Number.isNaN(user)) return call.complain(call.busybox ? `unknown user ${userWord}` : `invalid user: ${call.quote(owner)}`);
    if (Number.isNaN(group)) return call.complain(call.busybox ? `unknown group ${groupWord ?? ''}` : `invalid group: ${call.quote(owner)}`);
    return yield* overTrees(call, { paths, recursive: call.has('R', 'recursive') }, (path) => {
      const { vfs } = call.context.kernel;
      const status = vfs.stat(call.context.process, path);
      if (isErrno(status)) return call.complain(call.busybox ? `${path}: ${status.text}` : `cannot access '${path}': ${status.text}`);
      const failure: Errno | undefined = vfs.chown(call.context.process, path, user ?? -1, group ?? -1);
      return failure ? call.complain(call.busybox ? `${path}: ${failure.text}` : `changing ownership of '${path}': ${failure.text}`) : 0;
    });
  },
});

function* overTrees(
  call: ToolCall,
  { paths, recursive }: { readonly paths: readonly string[]; readonly recursive: boolean },
  change: (path: string) => number,
): Running {
  let status = 0;
  for (const path of paths) {
    status = Math.max(status, change(path));
    if (!recursive) continue;
    const { vfs } = call.context.kernel;
    const found = vfs.stat(call.context.process, path, false);
    if (isErrno(found) || found.kind !== 'directory') continue;
    const names = vfs.readdir(call.context.process, path);
    if (!isErrno(names)) status = Math.max(status, yield* overTrees(call, { paths: names.map((each) => joinPath(path, each)), recursive }, change));
    yield* call.context.checkpoint();
  }
  return status;
}
