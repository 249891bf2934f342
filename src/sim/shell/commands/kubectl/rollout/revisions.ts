/** The revisions of a workload: replica sets of a Deployment, controller revisions of the others. */
import type { ApiServer } from '../../../../kube/apiserver/api-server.ts';
import { replicaSetsOf } from '../describe/workload.ts';
import { Failure } from '../failure.ts';
import { fieldOf, numberAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';

export interface Revision {
  readonly number: number;
  readonly template: Plain;
  readonly cause: string;
}

const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';

/** All of them, oldest first. Errors: a kind without history */
export function revisionsOf(server: ApiServer, object: Plain): readonly Revision[] {
  const kind = textAt(object, 'kind');
  if (kind === 'Deployment') {
    const { old, fresh } = replicaSetsOf(server, object);
    const found = [...old, ...fresh].map((set) => ({
      number: Number(textAt(set, 'metadata', 'annotations', REVISION) || 0),
      template: fieldOf(set, 'spec', 'template'),
      cause: textAt(set, 'metadata', 'annotations', CAUSE),
    }));
    return found.sort((a, b) => a.number - b.number);
  }
  if (kind !== 'DaemonSet' && kind !== 'StatefulSet') throw new Failure(`no history viewer has been implemented for "${kind}"`);
  const uid = textAt(object, 'metadata', 'uid');
  return server.storage
    .sorted('controllerrevisions.apps', textAt(object, 'metadata', 'namespace'))
    .filter((revision) => (revision.metadata.ownerReferences ?? []).some((owner) => owner.uid === uid))
    .map((revision) => ({
      number: numberAt(revision, 'revision'),
      template: fieldOf(revision, 'data', 'spec', 'template'),
      cause: revision.metadata.annotations?.[CAUSE] ?? '',
    }))
    .sort((a, b) => a.number - b.number);
}
