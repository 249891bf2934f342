/** How BusyBox's pgrep and pkill choose processes (procps/pgrep.c). */
import type { ProcessContext } from '../../linux/process/process-context.ts';
import { busyboxMistake, writeBusyboxUsage } from '../options/busybox-usage.ts';
import { has, parseOptions, valueOf, type ParsedOptions } from '../options/parse-options.ts';
import { compilePattern } from './pattern.ts';
import { procNamespace, visibleProcesses, type VisibleProcess } from './visible-processes.ts';
import { pidIn } from '../../linux/process/process.ts';

export interface MatchRequest {
  readonly name: 'pgrep' | 'pkill';
  readonly usage: string;
  readonly short: string;
  readonly words: readonly string[];
}

export interface Match {
  readonly process: VisibleProcess;
  /** The text that is shown beside the number with -l. */
  readonly shown: string;
}

export interface Matches {
  readonly parsed: ParsedOptions;
  readonly found: readonly Match[];
}

/** @returns the exit code after a mistake that was told, or what matches in the order of the numbers */
export function matchProcesses(context: ProcessContext, request: MatchRequest): Matches | number {
  const { name, usage } = request;
  const parsed = parseOptions(request.words, { short: request.short });
  if (parsed.kind === 'mistake') return busyboxMistake(context, { name, message: parsed.message, usage });
  const parent = valueOf(parsed, 'P');
  const session = valueOf(parsed, 's');
  for (const number of [session, parent]) {
    if (number !== undefined && !/^\d+$/.test(number)) {
      context.err(`${name}: invalid number '${number}'\n`);
      return 1;
    }
  }
  const [pattern] = parsed.operands;
  const byNumber = parent !== undefined || session !== undefined;
  if (parsed.operands.length > 1 || (pattern === undefined && !byNumber)) {
    writeBusyboxUsage(context, usage);
    return 1;
  }
  const compiled = pattern === undefined ? undefined : compilePattern(pattern, { whole: false });
  const whole = pattern === undefined || !has(parsed, 'x') ? undefined : compilePattern(pattern, { whole: true });
  const exact = (text: string): boolean => whole === undefined || whole.kind === 'bad' || whole.expression.test(text);
  if (compiled?.kind === 'bad') {
    context.err(`${name}: bad regex '${pattern ?? ''}': ${compiled.message}\n`);
    return 1;
  }
  const invert = has(parsed, 'v');
  const full = has(parsed, 'f');
  const found: Match[] = [];
  const namespace = procNamespace(context);
  const ownSession = namespace ? (pidIn(context.process.session, namespace) ?? 0) : 0;
  for (const each of visibleProcesses(context)) {
    if (each.process === context.process) continue;
    if (parent !== undefined && each.parent !== Number(parent)) continue;
    if (session !== undefined && each.session !== (Number(session) === 0 ? ownSession : Number(session))) continue;
    const first = each.argv[0];
    const line = full ? each.argv.join(' ') : first;
    // The name in the kernel only counts where the first word does not match at all; then -x looks at the whole of what matched.
    const byLine = compiled === undefined || (line !== undefined && compiled.expression.test(line));
    const byName = compiled !== undefined && !byLine && compiled.expression.test(each.comm);
    const matched = (byLine || byName) && (compiled === undefined || exact(byLine ? (line ?? '') : each.comm));
    if (matched === invert) continue;
    found.push({ process: each, shown: byLine && first !== undefined ? first : each.comm });
  }
  if (has(parsed, 'n')) return { parsed, found: newest(found).slice(-1) };
  if (has(parsed, 'o')) return { parsed, found: newest(found).slice(0, 1) };
  return { parsed, found };
}

function newest(found: readonly Match[]): readonly Match[] {
  return [...found].sort((a, b) => a.process.started - b.process.started || a.process.pid - b.process.pid);
}
