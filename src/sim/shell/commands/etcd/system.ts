/** The process of etcd: listens where its flags say. */
import { flagValue, json, notFound, pathOf, runDaemon, text, type DaemonPort } from '../../daemon/daemon.ts';
import type { HttpRequest, HttpResponse } from '../../daemon/http-message.ts';
import type { Command } from '../../command.ts';

/** The addresses of a comma-separated list of URLs. */
function portsOf(urls: string | undefined, descriptor: number): readonly DaemonPort[] {
  const ports: DaemonPort[] = [];
  for (const url of (urls ?? '').split(',')) {
    const match = /^(https?):\/\/(.*):(\d+)$/.exec(url.trim());
    if (!match) continue;
    const [, scheme, address = '', port] = match;
    ports.push({
      address: address === '0.0.0.0' || address === '[::]' ? '::' : address,
      port: Number(port),
      descriptor: descriptor + ports.length,
      secure: scheme === 'https',
      answer,
    });
  }
  return ports;
}

/** server/etcdserver/api/etcdhttp/health.go. */
function answer(request: HttpRequest): HttpResponse {
  const path = pathOf(request);
  if (path === '/health') return json(200, { health: 'true', reason: '' });
  return path === '/livez' || path === '/readyz' ? text(200, 'ok\n') : notFound();
}

export const command: Command = {
  name: 'etcd',
  suite: 'system',
  summary: { zh: 'API 服务器的存储', en: 'The API server’s storage' },
  run: (context) =>
    runDaemon(context, {
      threads: 14,
      memory: { virtual: 11_746_140, resident: 56_104 },
      ports: [
        ...portsOf(flagValue(context, 'listen-peer-urls') ?? 'http://localhost:2380', 5),
        ...portsOf(flagValue(context, 'listen-client-urls') ?? 'http://localhost:2379', 8),
        ...portsOf(flagValue(context, 'listen-metrics-urls'), 13),
      ],
    }),
};
