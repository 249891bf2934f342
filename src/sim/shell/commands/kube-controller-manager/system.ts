/** The process of the controller-manager: listens where its flags say; its work is done elsewhere in src/sim/kube. */
import { flagValue, healthAnswer, runDaemon } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'kube-controller-manager',
  suite: 'system',
  summary: { zh: '控制器管理器', en: 'Runs the controllers' },
  run: (context) => {
    const address = flagValue(context, 'bind-address') ?? '::';
    return runDaemon(context, {
      threads: 11,
      memory: { virtual: 1_338_000, resident: 98_000 },
      ports: [
        {
          address: address === '0.0.0.0' ? '::' : address,
          port: Number(flagValue(context, 'secure-port') ?? 10257),
          descriptor: 5,
          secure: true,
          answer: healthAnswer('/healthz', '/livez', '/readyz'),
        },
      ],
    });
  },
};
