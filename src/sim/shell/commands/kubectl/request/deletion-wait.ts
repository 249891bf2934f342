/** Waits until an object is gone, as `kubectl delete` does (kubectl pkg/cmd/wait/delete.go, v0.37). */
import { isStatus } from '../../../../kube/apiserver/object.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import type { Session } from '../session.ts';
import { Changes } from '../stream/changes.ts';

export interface Doomed {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** `pod "web" deleted from default namespace`, newline included. */
export function deletedText(
  type: string,
  what: { readonly name: string; readonly namespace: string; readonly force: boolean; readonly mark?: string },
): string {
  const from = what.namespace === '' ? '' : ` from ${what.namespace} namespace`;
  return `${type} "${what.name}" ${what.force ? 'force deleted' : 'deleted'}${from}${what.mark ?? ''}\n`;
}

/** @param deadline absolute virtual milliseconds. @returns false when it came first */
export function* waitUntilGone(session: Session, doomed: Doomed, deadline: number | undefined): Blocking<boolean> {
  const { resource, namespace, name, uid } = doomed;
  const server = yield* session.server();
  const changes = new Changes<true>();
  const stop = server.watch(resource.key, { namespace: resource.namespaced ? namespace : undefined }, (event) => {
    if (event.object.metadata.name === name) changes.push(true);
  });
  try {
    for (;;) {
      const found = yield* session.ask((api, options) => api.get(resource.key, namespace, name, options));
      if (isStatus(found) || found.metadata.uid !== uid) return true;
      const change = yield* changes.next(session.context, deadline);
      if (change === undefined) return false;
    }
  } finally {
    if (typeof stop === 'function') stop();
  }
}
