/** The process of the scheduler: listens where its flags say; its work is done elsewhere in src/sim/kube. */
import { flagValue, healthAnswer, runDaemon } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'kube-scheduler',
  suite: 'system',
  summary: { zh: '调度器', en: 'The scheduler' },
  run: (context) => {
    const address = flagValue(context, 'bind-address') ?? '::';
    return runDaemon(context, {
      threads: 11,
      memory: { virtual: 1_331_000, resident: 62_000 },
      ports: [
        {
          address: address === '0.0.0.0' ? '::' : address,
          port: Number(flagValue(context, 'secure-port') ?? 10259),
          descriptor: 5,
          secure: true,
          answer: healthAnswer('/healthz', '/livez', '/readyz'),
        },
      ],
    });
  },
};
