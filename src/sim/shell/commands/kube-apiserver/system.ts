/** The process of the API server and what strangers may ask it over HTTPS; its work is src/sim/kube/apiserver. */
import { forbiddenStatus, type Status } from '../../../kube/api/status.ts';
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
  const { message, details } = refusal(path, request.method);
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'Forbidden', details, code: 403 };
  return { ...json(403, undefined), body: JSON.stringify(status, undefined, 2) };
}

const VERBS: Readonly<Record<string, string>> = { GET: 'get', HEAD: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

/** Why a stranger may not: of a resource, with its namespace, or of any other path (apiserver endpoints/handlers/responsewriters/errors.go). */
function refusal(path: string, method: string): Pick<Status, 'message' | 'details'> {
  const found =
    /^\/(?:api|apis\/(?<group>[^/]+))\/v[^/]+\/(?:namespaces\/(?<namespace>[^/]+)\/)?(?<resource>[^/]+)(?:\/(?<name>[^/]+)(?:\/(?<part>[^/]+))?)?$/.exec(
      path,
    );
  const { group = '', namespace, resource, name = '', part } = found?.groups ?? {};
  const user = 'User "system:anonymous" cannot';
  if (resource === undefined)
    return { message: `forbidden: ${user} ${method === 'HEAD' ? 'get' : method.toLowerCase()} path "${path}"`, details: {} };
  const given = VERBS[method] ?? method.toLowerCase();
  const verb = name === '' ? (given === 'get' ? 'list' : given === 'delete' ? 'deletecollection' : given) : given;
  const what = part === undefined ? resource : `${resource}/${part}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return forbiddenStatus({ group, resource }, name, `${user} ${verb} resource "${what}" in API group "${group}" ${where}`);
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
