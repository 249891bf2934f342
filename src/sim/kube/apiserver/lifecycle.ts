/**
 * What a resource's strategy does to objects on their way in: the first status, what an update may not touch, when the
 * generation rises. Modelled on the PrepareForCreate/PrepareForUpdate of pkg/registry/<group>/<resource>/strategy.go (v1.37).
 */
import { withJobSelector } from '../api/defaulting/workload-defaults.ts';
import type { Job } from '../api/types-batch.ts';
import type { PodSpec } from '../api/types-pod.ts';
import { qosClassOf } from './qos-class.ts';
import { deepEqual } from './deep-equal.ts';
import type { ApiObject } from './object.ts';
import type { Resource } from './resource.ts';

type WithStatus = ApiObject & { readonly status?: unknown; readonly spec?: unknown };

/** A new object with the status its strategy gives it, whatever the client sent. */
export function initialStatus(resource: Resource, object: ApiObject): ApiObject {
  const { status: sent, ...rest } = object as WithStatus;
  switch (resource.key) {
    case 'pods':
      return { ...rest, status: { phase: 'Pending', qosClass: qosClassOf((rest as unknown as { readonly spec: PodSpec }).spec) } } as ApiObject;
    case 'namespaces': {
      const spec = { ...(rest.spec as object | undefined), finalizers: ['kubernetes'] };
      return { ...rest, spec, status: { phase: 'Active' } } as ApiObject;
    }
    case 'services':
      return { ...rest, status: { loadBalancer: {} } } as ApiObject;
    case 'nodes':
      return { ...rest, status: sent ?? {} } as ApiObject;
    case 'replicasets.apps':
      return { ...rest, status: { replicas: 0 } } as ApiObject;
    case 'daemonsets.apps':
      return { ...rest, status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 } } as ApiObject;
    case 'statefulsets.apps':
      return { ...rest, status: { availableReplicas: 0, replicas: 0 } } as ApiObject;
    case 'deployments.apps':
    case 'jobs.batch':
      return { ...rest, status: {} } as ApiObject;
    default:
      return object;
  }
}

/**
 * The new object with what its strategy derives from its name and uid: a Job's own selector. A Job without labels takes
 * those of its template, generated ones too: upstream that happens when it is read back from etcd and defaulted.
 */
export function identified(resource: Resource, object: ApiObject): ApiObject {
  if (resource.key !== 'jobs.batch') return object;
  const job = withJobSelector(object as unknown as Job) as Job;
  const unlabelled = Object.keys(job.metadata.labels ?? {}).length === 0;
  const labels = unlabelled ? job.spec.template.metadata?.labels : job.metadata.labels;
  return { ...job, metadata: { ...job.metadata, ...(labels === undefined ? {} : { labels }) } } as unknown as ApiObject;
}

/** The object an update may store: metadata that only the server sets comes from `old`; status and the rest are kept apart. */
export function keptOnUpdate(resource: Resource, object: ApiObject, context: { readonly old: ApiObject; readonly subresource: string }): ApiObject {
  const old = context.old as WithStatus;
  const next = object as WithStatus;
  const { deletionTimestamp, deletionGracePeriodSeconds, generation, creationTimestamp, uid, resourceVersion } = old.metadata;
  const serverSet = { deletionTimestamp, deletionGracePeriodSeconds, generation, creationTimestamp, uid, resourceVersion };
  const metadata = definedOnly({ ...next.metadata, ...serverSet }) as unknown as ApiObject['metadata'];
  if (context.subresource === 'status') {
    // Node and Namespace controllers change labels and annotations elsewhere; here only the status counts.
    return { ...old, status: next.status } as ApiObject;
  }
  const separate = resource.subresources.includes('status');
  const merged = separate ? { ...next, metadata, ...(old.status === undefined ? {} : { status: old.status }) } : { ...next, metadata };
  return merged as ApiObject;
}

function definedOnly(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Whether an update changed what `generation` counts: everything but metadata and status. */
export function specChanged(old: ApiObject, next: ApiObject): boolean {
  return !deepEqual((old as WithStatus).spec, (next as WithStatus).spec);
}
