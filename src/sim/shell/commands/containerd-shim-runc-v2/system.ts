/** The process of a Pod's shim: parent of its containers' first processes, heir of their orphans on its level. */
import { reapForever } from '../../../linux/process/reaper.ts';
import { takeShape } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'containerd-shim-runc-v2',
  suite: 'system',
  summary: { zh: '每个 Pod 沙箱一个：容器进程的父进程', en: 'One per Pod sandbox: parent of the containers’ processes' },
  *run(context) {
    takeShape(context, { threads: 12, memory: { virtual: 1_274_336, resident: 17_944 } });
    context.kernel.setSubreaper(context.process);
    return yield* reapForever(context);
  },
};
