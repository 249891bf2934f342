/** tee: passes its input on and writes it into files as well. */
import { isErrno } from '../../../linux/errno.ts';
import { defineTool } from '../../tool/tool.ts';

export const tee = defineTool({
  name: 'tee',
  suite: 'coreutils',
  summary: { zh: '把输入同时写到屏幕和文件', en: 'Copies its input to files and on' },
  usage:
    "tee [-ai] [FILE]...\n\nCopy stdin to each FILE, and also to stdout\n\n\t-a\tAppend to the given FILEs, don't overwrite\n\t-i\tIgnore interrupt signals (SIGINT)",
  gnuUsage: 'tee [OPTION]... [FILE]...',
  busybox: { short: 'ai' },
  gnu: { short: 'aip', long: { append: 'none', 'ignore-interrupts': 'none' } },
  *run(call) {
    const { context } = call;
    let status = 0;
    if (call.has('i', 'ignore-interrupts')) context.handle('SIGINT', 'ignore');
    const files: number[] = [];
    for (const path of call.operands) {
      const fd = context.open(path, { write: true, create: true, mode: 0o666, ...(call.has('a', 'append') ? { append: true } : { truncate: true }) });
      if (isErrno(fd)) status = call.complain(`${path}: ${fd.text}`);
      else files.push(fd);
    }
    for (;;) {
      const piece = yield* context.read(0);
      if (isErrno(piece)) {
        if (piece.code === 'EINTR') continue;
        return call.complain(`read error: ${piece.text}`);
      }
      if (piece === '') return status;
      call.out(piece);
      for (const fd of files) context.write(fd, piece);
      yield* context.flush();
    }
  },
});
