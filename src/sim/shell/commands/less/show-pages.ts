/** less and more: files a page at a time on a terminal, as they are elsewhere. */
import { isErrno } from '../../../linux/errno.ts';
import { page } from '../../pager/pager.ts';
import { readInput } from '../../tool/input.ts';
import { defineTool, type ToolCall, type ToolDescription } from '../../tool/tool.ts';

function description(name: 'less' | 'more'): ToolDescription {
  return {
    name,
    suite: name === 'less' ? 'less' : 'util-linux',
    summary: { zh: '逐页查看文件', en: 'Shows files page by page' },
    usage:
      name === 'less'
        ? 'less [-EFIMmNSRh~] [FILE]...\n\nView FILE (or stdin) one screenful at a time'
        : 'more [FILE]...\n\nView FILE (or stdin) one screenful at a time',
    gnuUsage: name === 'less' ? 'less [options] [files]' : 'more [options] <file>...',
    busybox: { short: 'EFIMmNSRh~' },
    gnu: { short: 'aABcCdeEfFgGiIJLmMnNqQrRsSuUVwWX~p:n:' },
    run: (call) => show(call, name),
  };
}

export const less = defineTool(description('less'));
export const more = defineTool(description('more'));

function* show(call: ToolCall, name: 'less' | 'more'): ReturnType<ToolDescription['run']> {
  const { context } = call;
  const screen = context.process.files.get(1)?.tty;
  if (call.operands.length === 0 && context.process.files.get(0)?.tty !== undefined) {
    if (call.busybox) return call.misuse(undefined);
    if (name === 'less') call.out('Missing filename ("less --help" for help)\n');
    else call.complain('bad usage');
    return 1;
  }
  let status = 0;
  for (const path of call.operands.length > 0 ? call.operands : ['-']) {
    const text = yield* readInput(context, path);
    if (isErrno(text)) {
      if (call.busybox) status = call.complain(`can't open '${path}': ${text.text}`);
      else if (name === 'more') call.complain(`cannot open ${path}: ${text.text}`);
      else {
        context.err(text.code === 'EISDIR' ? `${path} is a directory\n` : `${path}: ${text.text}\n`);
        status = 1;
      }
      continue;
    }
    if (!screen) {
      call.out(text);
      yield* context.flush();
      continue;
    }
    const percent = (fraction: number): string => `${Math.min(99, Math.round(fraction * 100))}%`;
    yield* page({
      context,
      tty: screen,
      text,
      endsAlone: name === 'more',
      prompt: name === 'more' ? (fraction) => `--More--(${percent(fraction)})` : () => (path === '-' ? ':' : path),
    });
  }
  return status;
}
