/** /pause of a PodSandbox: holds the Pod's namespaces, reaps orphans when it is PID 1 of a shared PID namespace (kubernetes/build/pause/linux/pause.c). */
import { reapForever } from '../../../linux/process/reaper.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'pause',
  suite: 'system',
  summary: {
    zh: '每个 Pod 沙箱的第一个进程：占住命名空间，回收孤儿',
    en: 'First process of every Pod sandbox: holds its namespaces and reaps orphans',
  },
  *run(context) {
    const end = (): void => {
      context.kernel.exit(context.process, { kind: 'exited', code: 0 });
    };
    context.handle('SIGINT', end);
    context.handle('SIGTERM', end);
    return yield* reapForever(context);
  },
};
