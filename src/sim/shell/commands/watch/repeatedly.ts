/** watch: the same command again and again, on a cleared screen. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { formatMoment } from '../date/show-date.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const watch = defineTool({
  name: 'watch',
  suite: 'procps',
  summary: { zh: '每隔一会儿重新运行命令', en: 'Runs a command again and again' },
  usage: "watch [-n SEC] [-t] PROG ARGS\n\nRun PROG periodically\n\n\t-n SEC\tPeriod (default 2)\n\t-t\tDon't print header",
  gnuUsage: 'watch [options] command',
  busybox: { short: 'n:td', stopAtOperand: true },
  gnu: {
    short: 'bcdegn:ptx',
    long: {
      interval: 'required',
      'no-title': 'none',
      differences: 'optional',
      exec: 'none',
      color: 'none',
      chgexit: 'none',
      errexit: 'none',
      beep: 'none',
    },
    stopAtOperand: true,
  },
  version: 'watch from procps-ng 4.0.2',
  *run(call) {
    if (call.operands.length === 0) {
      if (call.busybox) return call.misuse(undefined);
      call.context.err('\nUsage:\n watch [options] command\n');
      return 1;
    }
    const period = Number(call.value('n', 'interval') ?? '2');
    if (Number.isNaN(period))
      return call.complain(
        call.busybox ? `invalid number '${call.value('n') ?? ''}'` : `failed to parse argument: '${call.value('n', 'interval') ?? ''}'`,
      );
    const line = call.operands.join(' ');
    const { tty } = call.context.process.files.get(1) ?? {};
    for (;;) {
      const text = yield* outputOf(call, line);
      const rows = Math.max(1, (tty?.rows ?? 24) - (call.has('t', 'no-title') ? 0 : 2));
      const shown = text.split('\n').slice(0, rows).join('\n');
      call.out(`\u001b[H\u001b[J${call.has('t', 'no-title') ? '' : header(call, line, { period, columns: tty?.columns ?? 80 })}${shown}`);
      yield* call.context.sleep(Math.max(0.1, period) * 1000);
    }
  },
});

function header(call: ToolCall, line: string, how: { readonly period: number; readonly columns: number }): string {
  const left = `Every ${how.period.toFixed(1)}s: ${line}`;
  const host = call.context.process.namespaces.uts.hostname;
  const date = formatMoment('%a %b %e %H:%M:%S %Y', call.context.simulation.wallClock);
  const right = call.busybox ? formatMoment('%Y-%m-%d %H:%M:%S', call.context.simulation.wallClock) : `${host}: ${date}`;
  return `${left}${' '.repeat(Math.max(1, how.columns - left.length - right.length))}${right}\n\n`;
}

/** What `sh -c LINE` writes. */
function* outputOf(call: ToolCall, line: string): Blocking<string> {
  const { context } = call;
  const { reader, writer } = context.pipe();
  const fd = context.install(reader, 10);
  const child = context.spawn('/bin/sh', {
    argv: ['sh', '-c', line],
    files: new Map([
      [1, writer],
      [2, writer],
      [fd, undefined],
    ]),
  });
  if (isErrno(child)) {
    context.close(fd);
    return `sh: ${child.text}\n`;
  }
  const text = yield* context.readAll(fd);
  context.close(fd);
  yield* context.wait(0);
  return isErrno(text) ? '' : text;
}
