/** uniq: leaves out repeated neighbouring lines. */
import { isErrno } from '../../../linux/errno.ts';
import { closeInput, forEachLine, openInput } from '../../tool/input.ts';
import { defineTool } from '../../tool/tool.ts';

export const uniq = defineTool({
  name: 'uniq',
  suite: 'coreutils',
  summary: { zh: '去掉相邻的重复行', en: 'Leaves out repeated lines' },
  usage: 'uniq [-cduiz] [-f,s,w N] [FILE [OUTFILE]]\n\nDiscard duplicate lines',
  gnuUsage: 'uniq [OPTION]... [INPUT [OUTPUT]]',
  busybox: { short: 'cduizf:s:w:' },
  gnu: {
    short: 'cdDuizf:s:w:',
    long: {
      count: 'none',
      repeated: 'none',
      unique: 'none',
      'ignore-case': 'none',
      'skip-fields': 'required',
      'skip-chars': 'required',
      'check-chars': 'required',
    },
  },
  *run(call) {
    const path = call.operands[0] ?? '-';
    const fd = openInput(call.context, path);
    if (isErrno(fd)) return call.complain(call.busybox ? `can't open '${path}': ${fd.text}` : `${path}: ${fd.text}`);
    const skipFields = Number(call.value('f', 'skip-fields') ?? 0);
    const skip = Number(call.value('s', 'skip-chars') ?? 0);
    const width = call.value('w', 'check-chars');
    const keyOf = (line: string): string => {
      let key = line;
      for (let i = 0; i < skipFields; i++) key = key.replace(/^\s*\S+/, '');
      key = key.slice(skip, width === undefined ? undefined : skip + Number(width));
      return call.has('i', 'ignore-case') ? key.toLowerCase() : key;
    };
    let current: string | undefined;
    let count = 0;
    const finish = (): void => {
      if (current === undefined) return;
      if (call.has('d', 'repeated') && count < 2) return;
      if (call.has('u', 'unique') && count > 1) return;
      call.out(`${call.has('c', 'count') ? `${String(count).padStart(7)} ` : ''}${current}\n`);
    };
    const failure = yield* forEachLine(call.context, fd, (line) => {
      if (current !== undefined && keyOf(line) === keyOf(current)) count++;
      else {
        finish();
        current = line;
        count = 1;
      }
      return undefined;
    });
    closeInput(call.context, fd);
    finish();
    return failure ? call.complain(call.busybox ? `${path}: ${failure.text}` : `error reading '${path}'`) : 0;
  },
});
