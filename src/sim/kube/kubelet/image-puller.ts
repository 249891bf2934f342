/**
 * Makes sure that a container's image is there: policy, pull, back-off, events. Modelled on pkg/kubelet/images/image_manager.go (v1.37).
 * Pulls of one node run one after the other, as with serializeImagePulls.
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Container, Pod } from '../api/types-pod.ts';
import type { ContainerRuntime, CriError } from '../cri/runtime.ts';
import { Backoff } from './backoff.ts';
import type { StartFailure } from './container-statuses.ts';
import { taggedImage } from './image-name.ts';
import type { PodEvents } from './pod-events.ts';

const FIRST_BACKOFF = 10_000;
const MAX_BACKOFF = 300_000;
/** Virtual milliseconds, at most, from a pull's turn to its request; hardly two pulls take equally long. */
const HANDOVER = 25;

/** gRPC errors without a code of their own are shown bare (cri-client remote_image.go). */
export function criErrorText(error: CriError): string {
  return error.code === 'Unknown' ? error.message : `rpc error: code = ${error.code} desc = ${error.message}`;
}

/** `1.2s`, `345ms`, as Go prints a duration cut to milliseconds. */
function durationText(milliseconds: number): string {
  const whole = Math.max(1, Math.round(milliseconds));
  return whole < 1000 ? `${String(whole)}ms` : `${String(whole / 1000)}s`;
}

interface Job {
  readonly start: () => void;
}

export class ImagePuller {
  readonly #simulation: Simulation;
  readonly #runtime: ContainerRuntime;
  readonly #events: PodEvents;
  readonly #backoff = new Backoff(FIRST_BACKOFF, MAX_BACKOFF);
  readonly #lastError = new Map<string, string>();
  readonly #jobs: Job[] = [];
  #busy = false;

  constructor(options: { readonly simulation: Simulation; readonly runtime: ContainerRuntime; readonly events: PodEvents }) {
    this.#simulation = options.simulation;
    this.#runtime = options.runtime;
    this.#events = options.events;
  }

  /** Answers with the failure that the container's status shows, or undefined when the image is there. */
  ensure(pod: Pod, container: Container, done: (failure: StartFailure | undefined) => void): void {
    const image = container.image ?? '';
    const event = (type: 'Normal' | 'Warning', reason: string, message: string): void => {
      this.#events.container(pod, { container: container.name, type, reason, message });
    };
    const tagged = taggedImage(image);
    if ('problem' in tagged) {
      const message = `Failed to apply default image tag ${JSON.stringify(image)}: ${tagged.problem}`;
      event('Warning', 'InspectFailed', message);
      done({ reason: 'InvalidImageName', message });
      return;
    }
    const present = this.#runtime.imageStatus(tagged.reference);
    const policy = container.imagePullPolicy ?? 'IfNotPresent';
    if (present !== undefined && policy !== 'Always') {
      event('Normal', 'Pulled', `Container image ${JSON.stringify(image)} already present on machine and can be accessed by the pod`);
      done(undefined);
      return;
    }
    if (policy === 'Never') {
      const message = `Container image ${JSON.stringify(image)} is not present with pull policy of Never`;
      event('Warning', 'ErrImageNeverPull', message);
      done({ reason: 'ErrImageNeverPull', message });
      return;
    }
    this.#pull({ pod, image, reference: tagged.reference, event, done });
  }

  /** Forgets a Pod that is gone. */
  forget(uid: string): void {
    this.#backoff.forget(`${uid}_`);
  }

  #pull(request: {
    readonly pod: Pod;
    readonly image: string;
    readonly reference: string;
    readonly event: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
    readonly done: (failure: StartFailure | undefined) => void;
  }): void {
    const { image, event, done } = request;
    const key = `${request.pod.metadata.uid ?? ''}_${image}`;
    if (this.#backoff.isWaiting(key, this.#simulation.now)) {
      const message = `Back-off pulling image ${JSON.stringify(image)}`;
      event('Normal', 'BackOff', message);
      const last = this.#lastError.get(key);
      done({ reason: 'ImagePullBackOff', message: last === undefined ? message : `${message}: ${last}` });
      return;
    }
    event('Normal', 'Pulling', `Pulling image ${JSON.stringify(image)}`);
    const asked = this.#simulation.now;
    this.#jobs.push({
      start: () => {
        const began = this.#simulation.now;
        this.#runtime.pullImage(request.reference, (result) => {
          this.#busy = false;
          this.#nextJob();
          if (result.kind === 'cri-error') {
            const text = criErrorText(result);
            event('Warning', 'Failed', `Failed to pull image ${JSON.stringify(image)}: ${text}`);
            this.#backoff.next(key, this.#simulation.now);
            this.#lastError.set(key, `ErrImagePull: ${text}`);
            done({ reason: 'ErrImagePull', message: text });
            return;
          }
          const took = durationText(this.#simulation.now - began);
          const waited = durationText(this.#simulation.now - asked);
          event(
            'Normal',
            'Pulled',
            `Successfully pulled image ${JSON.stringify(image)} in ${took} (${waited} including waiting). Image size: ${String(result.size)} bytes.`,
          );
          done(undefined);
        });
      },
    });
    this.#nextJob();
  }

  #nextJob(): void {
    if (this.#busy) return;
    const job = this.#jobs.shift();
    if (job === undefined) return;
    this.#busy = true;
    this.#simulation.after(this.#simulation.random.integer(0, HANDOVER), job.start);
  }
}
