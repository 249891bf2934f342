/** lsof of BusyBox 1.37 (procps/lsof.c): number, executable and every open file. */
import { visibleProcesses } from '../../process-table/visible-processes.ts';
import { mayInspect } from '../../../linux/fs/permission.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'lsof',
  suite: 'busybox',
  summary: { zh: '列出打开的文件', en: 'List open files' },
  *run(context) {
    for (const each of visibleProcesses(context)) {
      if (!mayInspect(context.process, each.process)) continue;
      for (const [fd, file] of [...each.process.files].sort(([a], [b]) => a - b))
        context.out(`${each.pid}\t${each.process.exe}\t${fd}\t${file.description}\n`);
      yield* context.flush();
    }
    return 0;
  },
};
