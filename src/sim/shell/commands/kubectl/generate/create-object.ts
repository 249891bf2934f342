/** Sends an object that a generator made, or only shows it in a dry run. */
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import { resourceOfKind } from '../../../../kube/apiserver/resource.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import type { PlainObject } from '../../../../kube/api/yaml/node.ts';
import { encodeJson } from '../../../../kube/api/decode/go-json.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure } from '../failure.ts';
import { changePrinter } from '../output/change-printer.ts';
import { LAST_APPLIED } from '../request/last-applied.ts';
import type { Session } from '../session.ts';

/** @param object without a namespace; it goes to the one that counts. @returns the stored object */
export function* createObject(
  session: Session,
  object: Readonly<Record<string, unknown>>,
  options: { readonly operation?: string; readonly silent?: boolean } = {},
): Blocking<ApiObject> {
  const typed = object as unknown as ApiObject;
  const resource: Resource | undefined = resourceOfKind(typed.apiVersion, typed.kind);
  if (resource === undefined) throw new Failure(`no matches for kind "${typed.kind}" in version "${typed.apiVersion}"`);
  const { print, dryRun } = yield* changePrinter(session);
  const { name: namespace, explicit } = yield* session.namespace();
  const placed = explicit && resource.namespaced ? { ...typed, metadata: { ...typed.metadata, namespace } } : typed;
  const saved = session.flags.bool('save-config')
    ? {
        ...placed,
        metadata: {
          ...placed.metadata,
          annotations: { ...placed.metadata.annotations, [LAST_APPLIED]: `${encodeJson(placed as unknown as PlainObject)}\n` },
        },
      }
    : placed;
  const { status: _empty, ...sent } = saved as ApiObject & { readonly status?: unknown };
  const stored =
    dryRun === 'client'
      ? saved
      : yield* session.demand((server, request) => server.create(resource.key, resource.namespaced ? namespace : '', sent, request), { dryRun });
  if (options.silent !== true) print({ resource, object: stored, operation: options.operation ?? 'created' });
  return stored;
}
