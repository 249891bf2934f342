/** Warnings that the server sends with old types. */
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import type { Session } from '../session.ts';

const DEPRECATED: Readonly<Record<string, string>> = {
  endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  componentstatuses: 'v1 ComponentStatus is deprecated in v1.19+',
};

/** Says which of the types are on their way out. */
export function warnDeprecated(session: Session, resources: Iterable<Resource>): void {
  for (const resource of resources) {
    const text = DEPRECATED[resource.key];
    if (text !== undefined) session.warn(text);
  }
}
