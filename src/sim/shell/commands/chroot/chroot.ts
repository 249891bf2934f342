/** chroot in both families. */
import type { Running } from '../../../linux/process/wait.ts';
import { execute, loginShell } from '../../namespace/run-shell.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

function* run(call: ToolCall): Running {
  const { context } = call;
  const [root, ...program] = call.operands;
  if (root === undefined) return call.misuse('missing operand', 125);
  const failed = context.kernel.vfs.changeRoot(context.process, root);
  if (failed) {
    call.complain(
      call.busybox ? `can't change root directory to '${root}': ${failed.text}` : `cannot change root directory to '${root}': ${failed.text}`,
    );
    return call.busybox ? 1 : 125;
  }
  context.process.fs = { ...context.process.fs, cwd: context.process.fs.root };
  const shell = loginShell(context).path;
  const argv = program.length > 0 ? program : [shell, '-i'];
  const problem = yield* execute(context, argv);
  const name = argv[0] ?? '';
  call.complain(call.busybox ? `can't execute '${name}': ${problem.text}` : `failed to run command ${call.quote(name)}: ${problem.text}`);
  return problem.code === 'ENOENT' ? 127 : 126;
}

export const chroot = defineTool({
  name: 'chroot',
  suite: 'coreutils',
  summary: { zh: '换根目录运行程序', en: 'Run a program with another root directory' },
  usage: 'chroot NEWROOT [PROG ARGS]',
  gnuUsage: 'chroot [OPTION] NEWROOT [COMMAND [ARG]...]',
  mistake: 125,
  busybox: { short: '', stopAtOperand: true },
  gnu: { short: '', long: { groups: 'required', userspec: 'required', 'skip-chdir': 'none' }, stopAtOperand: true },
  run,
});
