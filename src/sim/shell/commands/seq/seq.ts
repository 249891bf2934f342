/** seq: numbers from one to another. */
import { defineTool } from '../../tool/tool.ts';

/** What strtold(3) reads. */
const NUMBER = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+|[iI]nf(?:inity)?)$/;
/** Characters per write(2). */
const CHUNK = 4096;

export const seq = defineTool({
  name: 'seq',
  suite: 'coreutils',
  summary: { zh: '输出一串数字', en: 'Prints numbers' },
  usage:
    'seq [-w] [-s SEP] [FIRST [INC]] LAST\n\nPrint numbers from FIRST to LAST, in steps of INC.\nFIRST, INC default to 1.\n\n\t-w\tPad with leading zeros\n\t-s SEP\tString separator',
  gnuUsage: 'seq [OPTION]... LAST',
  busybox: { short: 'ws:0123456789', stopAtOperand: true },
  gnu: { short: 'ws:f:0123456789', long: { 'equal-width': 'none', separator: 'required', format: 'required' }, stopAtOperand: true },
  *run(call) {
    const negative = call.parsed.options.some((each) => /^\d$/.test(each.name));
    const words = negative ? call.context.args.filter((each) => !/^-[ws]/.test(each)) : call.operands;
    if (words.length === 0) return call.misuse('missing operand');
    if (words.length > 3) return call.misuse(`extra operand ${call.quote(words[3] ?? '')}`);
    const bad = words.find((each) => !NUMBER.test(each));
    if (bad !== undefined) return call.misuse(`invalid floating point argument: ${call.quote(bad)}`);
    const numbers = words.map((each) => (/inf/i.test(each) ? (each.startsWith('-') ? -Infinity : Infinity) : Number(each)));
    const last = numbers.at(-1) ?? 0;
    const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
    const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
    if (step === 0) return call.busybox ? 0 : call.misuse(`invalid Zero increment value: ${call.quote(words[1] ?? '')}`);
    const digits = Math.max(
      ...words.slice(0, Math.max(1, words.length - 1)).map((each) => each.split('.')[1]?.length ?? 0),
      words.length === 1 ? 0 : 0,
    );
    const separator = call.value('s', 'separator') ?? '\n';
    const width = call.has('w', 'equal-width') ? Math.max(first.toFixed(digits).length, last.toFixed(digits).length) : 0;
    let any = false;
    let pending = '';
    for (let index = 0; ; index++) {
      const value = first + index * step;
      if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) break;
      const text = value.toFixed(digits);
      pending += `${any ? separator : ''}${text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')}`;
      any = true;
      if (pending.length < CHUNK) continue;
      const failure = call.context.write(1, pending);
      if (failure) return failure.code === 'EPIPE' ? 1 : call.complain(`write error: ${failure.text}`);
      pending = '';
      yield* call.context.flush();
      yield* call.context.checkpoint();
    }
    if (any) call.out(`${pending}\n`);
    return 0;
  },
});
