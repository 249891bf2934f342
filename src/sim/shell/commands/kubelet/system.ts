/** The process of the kubelet; what it does is src/sim/kube/kubelet. */
import { healthAnswer, runDaemon, text } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'kubelet',
  suite: 'system',
  summary: { zh: '节点代理', en: 'The node agent' },
  run: (context) =>
    runDaemon(context, {
      threads: 13,
      memory: { virtual: 1_351_824, resident: 105_156 },
      ports: [
        { address: '127.0.0.1', port: 10_248, descriptor: 16, answer: healthAnswer('/healthz') },
        { address: '::', port: 10_250, descriptor: 24, secure: true, answer: () => text(401, 'Unauthorized') },
      ],
    }),
};
