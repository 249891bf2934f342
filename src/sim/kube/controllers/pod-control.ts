/**
 * How controllers make and remove Pods, with the events that tells of it.
 * Modelled on pkg/controller/controller_utils.go RealPodControl and slowStartBatch (v1.37).
 */
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { EventRecorder } from '../apiserver/event-recorder.ts';
import { isStatus } from '../apiserver/object.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { NAMESPACE_TERMINATING, type Status } from '../api/status.ts';
import type { Pod, PodTemplateSpec } from '../api/types-pod.ts';
import { controllerReference } from './owner.ts';

/** In a namespace that is ending nothing can be made, and nobody is told. */
function isForNothing(failure: Status): boolean {
  return failure.details?.causes?.some((cause) => cause.reason === NAMESPACE_TERMINATING) ?? false;
}

export class PodControl {
  readonly #server: ApiServer;
  readonly #events: EventRecorder;

  constructor(server: ApiServer, events: EventRecorder) {
    this.#server = server;
    this.#events = events;
  }

  /** Creates a Pod from a template for its owner; a refusal becomes a FailedCreate event. `name` instead of a generated one. */
  create(owner: ApiObject, template: PodTemplateSpec, name?: string): Pod | Status {
    const { labels, annotations, finalizers } = template.metadata ?? {};
    const metadata = {
      ...(name === undefined ? { generateName: `${owner.metadata.name}-` } : { name }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controllerReference(owner)],
    };
    const body = { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec } as unknown as ApiObject;
    const answer = this.#server.create('pods', owner.metadata.namespace ?? '', body, { user: SYSTEM });
    if (isStatus(answer)) {
      if (!isForNothing(answer))
        this.#events.record({ object: owner, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${answer.message}` });
      return answer;
    }
    this.#events.record({ object: owner, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${answer.metadata.name}` });
    return answer;
  }

  /** Deletes a Pod of an owner. */
  delete(owner: ApiObject, pod: Pod): void {
    const answer = this.#server.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name, { user: SYSTEM });
    if (isStatus(answer)) return;
    this.#events.record({ object: owner, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` });
  }

  /**
   * Does something `count` times in batches of 1, 2, 4 …; a batch with a failure is the last.
   * @returns the first failure, if there was one that trying again could cure
   */
  slowStart(count: number, action: () => Status | undefined): Status | undefined {
    let left = count;
    for (let batch = Math.min(count, 1); batch > 0; batch = Math.min(2 * batch, left)) {
      let failure: Status | undefined;
      for (let i = 0; i < batch; i++) failure ??= action();
      left -= batch;
      if (failure !== undefined) return isForNothing(failure) ? undefined : failure;
    }
    return undefined;
  }
}
