/** The process of containerd; the runtime itself is src/sim/kube/cri. */
import { runDaemon } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'containerd',
  suite: 'system',
  summary: { zh: '容器运行时守护进程', en: 'The container runtime daemon' },
  // The port is that of the streaming server (internal/cri/streamingserver): loopback, any free one.
  run: (context) =>
    runDaemon(context, { threads: 13, memory: { virtual: 1_368_740, resident: 63_872 }, ports: [{ address: '127.0.0.1', port: 0, descriptor: 15 }] }),
};
