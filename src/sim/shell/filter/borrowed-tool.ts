/** Text tools that the filter library has and that are the same in both families but for the words about missing files. */
import { isErrno } from '../../linux/errno.ts';
import type { Running } from '../../linux/process/wait.ts';
import { readInput } from '../tool/input.ts';
import { defineTool, type ToolCall } from '../tool/tool.ts';
import { runFilter } from './sandboxed-filter.ts';
import type { Command } from '../command.ts';

export interface BorrowedTool {
  readonly name: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly usage: string;
  readonly gnuUsage: string;
  /** Options, as getopt knows them. */
  readonly short: string;
  /** How BusyBox words a file that is not there. */
  readonly missing?: 'open' | 'plain';
  /** How GNU does. */
  readonly gnuMissing?: 'plain' | 'open-for-reading';
  /** Does a call without the library where it can; undefined where it cannot. */
  readonly instead?: (call: ToolCall) => Running | undefined;
}

export function borrowTool(tool: BorrowedTool): { readonly busybox: Command; readonly gnu: Command } {
  const rules = { short: tool.short };
  return defineTool({
    name: tool.name,
    suite: 'coreutils',
    summary: tool.summary,
    usage: tool.usage,
    gnuUsage: tool.gnuUsage,
    busybox: rules,
    gnu: rules,
    run: (call) => tool.instead?.(call) ?? borrow(call, tool),
  });
}

function* borrow(call: ToolCall, tool: BorrowedTool): ReturnType<Parameters<typeof defineTool>[0]['run']> {
  const files = new Map<string, string>();
  const usable: string[] = [];
  let status = 0;
  for (const path of call.operands) {
    const text = path === '-' ? '' : yield* readInput(call.context, path);
    if (isErrno(text)) {
      const busybox = tool.missing === 'open' ? `can't open '${path}': ${text.text}` : `${path}: ${text.text}`;
      const gnu = tool.gnuMissing === 'open-for-reading' ? `failed to open '${path}' for reading: ${text.text}` : `${path}: ${text.text}`;
      status = call.complain(call.busybox ? busybox : gnu);
      continue;
    }
    if (path !== '-') files.set(path, text);
    usable.push(path);
  }
  if (call.operands.length > 0 && usable.length === 0) return status;
  const input = usable.length === 0 || usable.includes('-') ? yield* call.context.readAll(0) : '';
  if (isErrno(input)) return call.complain(`read error: ${input.text}`);
  const options = call.parsed.options.map((each) => `-${each.name}${each.value ?? ''}`);
  const result = yield* runFilter(call.context, {
    command: tool.name,
    args: [...options, ...(usable.length === 0 && tool.name === 'paste' ? ['-'] : usable)],
    input,
    files,
  });
  call.out(result.stdout);
  if (result.stderr !== '') call.context.err(result.stderr);
  yield* call.context.flush();
  return result.exitCode === 0 ? status : result.exitCode;
}
