/** The process of the API server and what strangers may ask it over HTTPS; its work is src/sim/kube/apiserver. */
import { SERVER_VERSION } from '../../../kube/apiserver/version.ts';
import type { HttpRequest, HttpResponse } from '../../daemon/http-message.ts';
import { flagValue, json, pathOf, runDaemon, text } from '../../daemon/daemon.ts';
import type { Command } from '../../command.ts';

const HEALTH = ['/healthz', '/livez', '/readyz'];

/** What system:public-info-viewer and system:anonymous see (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go). */
function answer(request: HttpRequest): HttpResponse {
  const path = pathOf(request);
  if (HEALTH.includes(path)) return text(200, 'ok');
  if (path === '/version') {
    return { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify(SERVER_VERSION, undefined, 2) };
  }
  const verb = request.method === 'GET' || request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
  return {
    ...json(403, undefined),
    body: `${JSON.stringify(
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `forbidden: User "system:anonymous" cannot ${verb} path "${path}"`,
        reason: 'Forbidden',
        details: {},
        code: 403,
      },
      undefined,
      2,
    )}`,
  };
}

export const command: Command = {
  name: 'kube-apiserver',
  suite: 'system',
  summary: { zh: 'API 服务器', en: 'The API server' },
  run: (context) =>
    runDaemon(context, {
      threads: 13,
      memory: { virtual: 1_515_612, resident: 258_332 },
      ports: [
        {
          address: flagValue(context, 'bind-address') ?? '::',
          port: Number(flagValue(context, 'secure-port') ?? 6443),
          descriptor: 5,
          secure: true,
          answer,
        },
      ],
    }),
};
