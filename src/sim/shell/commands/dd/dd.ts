/** dd: copies blocks and counts them (GNU: src/dd.c; BusyBox: coreutils/dd.c). Files are texts here, so bytes are those of the text. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const UNITS: Readonly<Record<string, number>> = {
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  KiB: 1024,
  kB: 1000,
  KB: 1000,
  M: 1_048_576,
  MiB: 1_048_576,
  MB: 1_000_000,
  G: 1_073_741_824,
  GB: 1_000_000_000,
};
const NUMBERS = new Set(['bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'cbs']);
const CONVERSIONS = new Set([
  'notrunc',
  'sync',
  'noerror',
  'fsync',
  'fdatasync',
  'swab',
  'ucase',
  'lcase',
  'ascii',
  'ebcdic',
  'ibm',
  'block',
  'unblock',
  'sparse',
  'excl',
  'nocreat',
]);
const BUSYBOX_CONVERSIONS = new Set(['notrunc', 'sync', 'noerror', 'fsync', 'swab']);
/** Characters of a block that are held at once; a bigger block passes through in pieces. */
const PIECE = 65_536;

interface Plan {
  readonly numbers: ReadonlyMap<string, number>;
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly conversions: readonly string[];
  readonly status: string | undefined;
}

export const dd = defineTool({
  name: 'dd',
  suite: 'coreutils',
  summary: { zh: '按块复制文件', en: 'Copies files block by block' },
  usage:
    'dd [if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]\n\t[conv=notrunc|noerror|sync|fsync]\n\t[iflag=skip_bytes|count_bytes|fullblock|direct] [oflag=seek_bytes|append|direct]\n\nCopy a file with converting and formatting',
  gnuUsage: 'dd [OPERAND]...',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    const plan = planOf(call);
    return typeof plan === 'number' ? plan : yield* copy(call, plan);
  },
});

function planOf(call: ToolCall): Plan | number {
  const numbers = new Map<string, number>();
  const plan: { input?: string; output?: string; conversions: string[]; status?: string } = { conversions: [] };
  for (const word of call.operands) {
    const at = word.indexOf('=');
    const name = word.slice(0, at);
    const value = word.slice(at + 1);
    if (at < 0 || !(NUMBERS.has(name) || ['if', 'of', 'conv', 'status', 'iflag', 'oflag'].includes(name)))
      return call.misuse(`unrecognized operand ${call.quote(word)}`);
    if (NUMBERS.has(name)) {
      const [, digits, unit = ''] = /^(\d+)([a-zA-Z]*)$/.exec(value) ?? [];
      const factor = unit === '' ? 1 : UNITS[unit];
      if (digits === undefined || factor === undefined)
        return call.complain(call.busybox ? `invalid number '${value}'` : `invalid number: ${call.quote(value)}`);
      numbers.set(name, Number(digits) * factor);
    } else if (name === 'if') plan.input = value;
    else if (name === 'of') plan.output = value;
    else if (name === 'status') plan.status = value;
    else if (name === 'conv') {
      const wrong = value.split(',').find((each) => !(call.busybox ? BUSYBOX_CONVERSIONS : CONVERSIONS).has(each));
      if (wrong !== undefined)
        return call.busybox ? call.complain(`invalid argument '${wrong}' to 'conv'`) : call.misuse(`invalid conversion: ${call.quote(wrong)}`);
      plan.conversions.push(...value.split(','));
    }
  }
  return { numbers, input: plan.input, output: plan.output, conversions: plan.conversions, status: plan.status };
}

function* copy(call: ToolCall, plan: Plan): Blocking<number> {
  const { context } = call;
  const block = plan.numbers.get('bs') ?? plan.numbers.get('ibs') ?? 512;
  const opened = (path: string, error: { readonly text: string }): number =>
    call.complain(call.busybox ? `can't open '${path}': ${error.text}` : `failed to open ${call.quote(path)}: ${error.text}`);
  const input = plan.input === undefined ? 0 : context.open(plan.input, { read: true });
  if (isErrno(input)) return opened(plan.input ?? '', input);
  const truncate = !plan.conversions.includes('notrunc') && !plan.numbers.has('seek');
  const output = plan.output === undefined ? 1 : context.open(plan.output, { write: true, create: true, truncate, mode: 0o666 });
  if (isErrno(output)) return opened(plan.output ?? '', output);
  const started = context.simulation.now;
  const total: Total = { in: 0, partIn: 0, out: 0, partOut: 0, bytes: 0 };
  const report = (): void => {
    if (plan.status === 'none') return;
    context.err(`${total.in}+${total.partIn} records in\n${total.out}+${total.partOut} records out\n`);
    if (plan.status !== 'noxfer') context.err(summary(call, total.bytes, Math.max(0.000_05, (context.simulation.now - started) / 1000)));
  };
  let interrupted = false;
  context.handle('SIGUSR1', report);
  if (!call.busybox)
    context.handle('SIGINT', () => {
      interrupted = true;
    });
  const count = plan.numbers.get('count') ?? Number.POSITIVE_INFINITY;
  let skip = plan.numbers.get('skip') ?? 0;
  let status = 0;
  while (total.in + total.partIn < count && !interrupted) {
    const passed = yield* passBlock(call, plan, { input, output: skip > 0 ? undefined : output, block, isInterrupted: () => interrupted });
    if (passed.size > 0 && skip > 0) skip--;
    else {
      const isWhole = passed.size === block || passed.problem === 'write';
      if (passed.size > 0) total[isWhole ? 'in' : 'partIn']++;
      if (passed.size > 0 && passed.problem !== 'write') total[isWhole ? 'out' : 'partOut']++;
      total.bytes += passed.written;
    }
    if (passed.problem !== undefined) status = 1;
    if (passed.problem !== undefined || passed.size === 0) break;
    yield* context.checkpoint();
  }
  report();
  if (interrupted) {
    context.handle('SIGINT', 'default');
    context.kill(context.pid, 'SIGINT');
    yield* context.checkpoint();
  }
  return status;
}

interface Total {
  in: number;
  partIn: number;
  out: number;
  partOut: number;
  bytes: number;
}

interface Passed {
  /** Bytes that were read, and written. */
  readonly size: number;
  readonly written: number;
  readonly problem?: 'read' | 'write';
}

/** Copies one block, or with no output skips it; says what went wrong. */
function* passBlock(
  call: ToolCall,
  plan: Plan,
  from: { readonly input: number; readonly output: number | undefined; readonly block: number; readonly isInterrupted: () => boolean },
): Blocking<Passed> {
  const { context } = call;
  const quoted = (path: string): string => (call.busybox ? `'${path}'` : call.quote(path));
  let size = 0;
  let written = 0;
  while (size < from.block) {
    let data = '';
    while (data.length < PIECE && size + data.length < from.block) {
      const piece = yield* context.read(from.input, { max: Math.min(PIECE - data.length, from.block - size - data.length) });
      if (isErrno(piece)) {
        if (piece.code === 'EINTR' && !from.isInterrupted()) continue;
        if (piece.code === 'EINTR') break;
        call.complain(`error reading ${quoted(plan.input ?? 'standard input')}: ${piece.text}`);
        return { size, written, problem: 'read' };
      }
      if (piece === '') break;
      data += piece;
      // A pipe gives what it has: such a block is a partial one.
      if (plan.input === undefined) break;
    }
    if (data === '') break;
    size += data.length;
    const failed = from.output === undefined ? undefined : context.write(from.output, data);
    if (failed) {
      call.complain(`error writing ${quoted(plan.output ?? 'standard output')}: ${failed.text}`);
      return { size, written, problem: 'write' };
    }
    written += data.length;
    yield* context.flush(from.output ?? 1);
    if (plan.input === undefined) break;
  }
  return { size, written };
}

/** The last line: bytes, the time taken, and bytes per second. */
function summary(call: ToolCall, bytes: number, seconds: number): string {
  const short = (value: number, base: number, units: readonly string[]): string => {
    let step = 0;
    let left = value;
    while (left >= base && step < units.length - 1) {
      left /= base;
      step++;
    }
    return `${left < 10 && step > 0 ? left.toFixed(1) : String(Math.round(left))} ${units[step] ?? ''}`;
  };
  if (call.busybox) {
    const units = ['B', 'KB', 'MB', 'GB'];
    const fixed = (value: number): string => {
      const step = Math.min(3, Math.floor(Math.log2(Math.max(1, value)) / 10));
      return step === 0 ? `${value}B` : `${(value / 1024 ** step).toFixed(1)}${units[step] ?? ''}`;
    };
    return `${bytes} bytes (${fixed(bytes)}) copied, ${seconds.toFixed(6)} seconds, ${fixed(Math.round(bytes / seconds))}/s\n`;
  }
  const decimal = short(bytes, 1000, ['B', 'kB', 'MB', 'GB']);
  const binary = short(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB']);
  const sizes = bytes < 1000 ? '' : bytes < 1024 ? ` (${decimal})` : ` (${decimal}, ${binary})`;
  return `${bytes} byte${bytes === 1 ? '' : 's'}${sizes} copied, ${seconds.toPrecision(6)} s, ${short(bytes / seconds, 1000, ['B/s', 'kB/s', 'MB/s', 'GB/s'])}\n`;
}
