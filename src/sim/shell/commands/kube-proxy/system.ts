/** The process of kube-proxy; the rules it writes are src/sim/kube/proxy. */
import { json, notFound, pathOf, runDaemon, text } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'kube-proxy',
  suite: 'system',
  summary: { zh: '把 Service 变成 NAT 规则', en: 'Turns Services into NAT rules' },
  run: (context) =>
    runDaemon(context, {
      threads: 6,
      memory: { virtual: 1_338_272, resident: 61_376 },
      ports: [
        {
          address: '127.0.0.1',
          port: 10_249,
          descriptor: 12,
          answer: (request) =>
            pathOf(request) === '/healthz' ? text(200, 'ok') : pathOf(request) === '/proxyMode' ? text(200, 'iptables') : notFound(),
        },
        {
          // cmd/kube-proxy: --healthz-bind-address 0.0.0.0:10256, which Go opens as a dual-stack socket.
          address: '::',
          port: 10_256,
          descriptor: 14,
          answer: (request) => {
            const now = new Date(context.simulation.wallClock).toISOString();
            if (pathOf(request) !== '/healthz' && pathOf(request) !== '/livez') return notFound();
            // pkg/proxy/healthcheck/proxy_health.go: only /healthz asks whether the node may receive traffic.
            const eligible = pathOf(request) === '/healthz' ? { nodeEligible: true } : {};
            const family = { lastUpdated: now, healthy: true };
            return json(200, { lastUpdated: now, currentTime: now, ...eligible, healthy: true, status: { IPv4: family, IPv6: family } });
          },
        },
      ],
    }),
};
