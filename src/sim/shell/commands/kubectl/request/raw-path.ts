/** `kubectl get --raw`: what the API server answers to a path, its health, version and objects (apiserver pkg/server/routes, v0.37). */
import { failure as statusOf } from '../../../../kube/api/status.ts';
import { isStatus } from '../../../../kube/apiserver/object.ts';
import { RESOURCES } from '../../../../kube/apiserver/resource.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import { SERVER_VERSION } from '../../../../kube/apiserver/version.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { StatusFailure } from '../failure.ts';
import { compactJson } from '../output/json.ts';
import type { Plain } from '../output/plain-value.ts';
import type { Session } from '../session.ts';

const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz']);

const OBJECTS = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/;

/** The text of the answer. Errors: what the server refuses, also paths that it does not have */
export function* rawAnswer(session: Session, path: string): Blocking<string> {
  const server = yield* session.server();
  if (HEALTH_PATHS.has(path)) return 'ok';
  if (path === '/version') return JSON.stringify(SERVER_VERSION, null, 2);
  const [, group = '', version = '', namespace, plural = '', name] = OBJECTS.exec(path.split('?')[0] ?? '') ?? [];
  const resource: Resource | undefined = RESOURCES.find((each) => each.group === group && each.version === version && each.plural === plural);
  if (resource === undefined) throw new StatusFailure(statusOf('NotFound', 'the server could not find the requested resource'));
  if (name !== undefined) {
    const object = yield* session.demand((_server, options) => server.get(resource.key, namespace ?? '', name, options));
    return `${compactJson(object as unknown as Plain)}\n`;
  }
  const list = yield* session.ask((_server, options) => server.list(resource.key, { namespace }, options));
  if (isStatus(list)) throw new StatusFailure(list);
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const items = list.items.map(({ apiVersion: _version, kind: _kind, ...rest }) => rest);
  return `${compactJson({ kind: `${resource.kind}List`, apiVersion, metadata: { resourceVersion: '' }, items } as unknown as Plain)}\n`;
}
