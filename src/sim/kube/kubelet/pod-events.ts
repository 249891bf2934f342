/** The kubelet's events about a Pod and its containers. Modelled on pkg/kubelet/container/ref.go and events (v1.37). */
import type { Pod } from '../api/types-pod.ts';
import type { EventRecorder, EventType } from '../apiserver/event-recorder.ts';

/** `spec.containers{main}`, `spec.initContainers{…}`, `spec.ephemeralContainers{…}`. */
export function containerPath(pod: Pod, name: string): string {
  if ((pod.spec.initContainers ?? []).some((container) => container.name === name)) return `spec.initContainers{${name}}`;
  if ((pod.spec.ephemeralContainers ?? []).some((container) => container.name === name)) return `spec.ephemeralContainers{${name}}`;
  return `spec.containers{${name}}`;
}

export interface ContainerEvent {
  readonly container: string;
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
}

/** `web_default(uid)`, as messages name a Pod. */
export function podFullText(pod: Pod): string {
  return `${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid ?? ''})`;
}

export class PodEvents {
  readonly #recorder: EventRecorder;

  constructor(recorder: EventRecorder) {
    this.#recorder = recorder;
  }

  /** About one container; upstream puts `spec.containers{name}: ` into the reference, tools show it before the message. */
  container(pod: Pod, event: ContainerEvent): void {
    const { type, reason, message } = event;
    this.#recorder.record({ object: pod, type, reason, message, fieldPath: containerPath(pod, event.container) });
  }

  /** About the Pod as a whole. */
  pod(pod: Pod, event: { readonly type: EventType; readonly reason: string; readonly message: string }): void {
    this.#recorder.record({ object: pod, ...event });
  }
}
