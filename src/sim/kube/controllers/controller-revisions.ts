/** ControllerRevisions of DaemonSets and StatefulSets: the templates they had. Modelled on pkg/controller/history and daemon/update.go (v1.37). */
import type { DaemonSet, StatefulSet } from '../api/types-apps.ts';
import type { PodTemplateSpec } from '../api/types-pod.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { deepEqual } from '../apiserver/deep-equal.ts';
import { isStatus } from '../apiserver/object.ts';
import type { ApiObject, ControllerRevision } from '../apiserver/object.ts';
import { controllerReference } from './owner.ts';
import { templateHash } from './pod-template-hash.ts';

const KEY = 'controllerrevisions.apps';
const HASH_LABEL = 'controller-revision-hash';

type Owner = DaemonSet | StatefulSet;

function dataOf(template: PodTemplateSpec): unknown {
  return { spec: { template: { ...template, $patch: 'replace' } } };
}

/** The revision of the owner's present template, made or renumbered as needed. @returns its hash */
export function currentRevision(server: ApiServer, owner: Owner): { readonly hash: string; readonly name: string } {
  const namespace = owner.metadata.namespace ?? '';
  const known = server.storage.owned(KEY, owner.metadata.uid ?? '');
  const newest = known.reduce((most, revision) => Math.max(most, revision.revision), 0);
  const data = dataOf(owner.spec.template);
  const equal = known.filter((revision) => deepEqual(revision.data, data)).sort((a, b) => b.revision - a.revision)[0];
  if (equal !== undefined) {
    if (equal.revision < newest) server.setMetadata(KEY, { ...equal, revision: newest + 1 } as ControllerRevision, {});
    return { hash: equal.metadata.labels?.[HASH_LABEL] ?? '', name: equal.metadata.name };
  }
  const hash = templateHash(owner.spec.template, owner.status.collisionCount);
  const name = `${owner.metadata.name}-${hash}`;
  const revision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      ...(owner.metadata.annotations === undefined ? {} : { annotations: owner.metadata.annotations }),
      labels: { ...owner.spec.template.metadata?.labels, [HASH_LABEL]: hash },
      name,
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision: newest + 1,
  };
  const answer = server.create(KEY, namespace, revision as ApiObject, { user: SYSTEM });
  if (isStatus(answer)) server.simulation.record('revision.refused', { name, why: answer.message });
  prune(server, owner, known);
  return { hash, name };
}

function prune(server: ApiServer, owner: Owner, known: readonly ControllerRevision[]): void {
  const surplus = known.length - (owner.spec.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return;
  const live = new Set(server.storage.owned('pods', owner.metadata.uid ?? '').map((pod) => pod.metadata.labels?.[HASH_LABEL]));
  const old = [...known].sort((a, b) => a.revision - b.revision).filter((revision) => !live.has(revision.metadata.labels?.[HASH_LABEL]));
  for (const revision of old.slice(0, surplus)) server.delete(KEY, revision.metadata.namespace ?? '', revision.metadata.name, { user: SYSTEM });
}
