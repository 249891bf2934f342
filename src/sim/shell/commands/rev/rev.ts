/** rev: reverses lines as they come. */
import { isErrno } from '../../../linux/errno.ts';
import { closeInput, forEachLine, openInput } from '../../tool/input.ts';
import { defineTool } from '../../tool/tool.ts';

export const rev = defineTool({
  name: 'rev',
  suite: 'util-linux',
  summary: { zh: '把每行反过来', en: 'Reverses lines' },
  usage: 'rev [FILE]...\n\nReverse lines of FILE',
  gnuUsage: 'rev [options] [<file> ...]',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    let status = 0;
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const fd = openInput(call.context, path);
      const failure = isErrno(fd)
        ? fd
        : yield* forEachLine(call.context, fd, (line, ended) => {
            call.out([...line].reverse().join('') + (ended ? '\n' : ''));
            return undefined;
          });
      if (!isErrno(fd)) closeInput(call.context, fd);
      if (failure) status = call.complain(call.busybox ? `${path}: ${failure.text}` : `cannot open ${path}: ${failure.text}`);
      yield* call.context.flush();
    }
    return status;
  },
});
