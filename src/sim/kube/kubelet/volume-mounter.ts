/** Mounts a Pod's volumes, again and again with growing pauses until all are there (volumemanager and nestedpendingoperations, v1.37). */
import type { Pod } from '../api/types-pod.ts';
import type { MountSource } from '../cri/runtime.ts';
import type { PodFacts } from './downward-value.ts';
import type { NodeServices } from './node-services.ts';
import { volumeSource } from './pod-volumes.ts';

/** Virtual milliseconds of a mount, and the first pause after a failure. */
const MOUNT_LATENCY = 300;
const FIRST_PAUSE = 500;
const MAX_PAUSE = 122_000;

export class VolumeMounter {
  readonly #services: NodeServices;
  #mounted = new Map<string, MountSource>();
  #pause = FIRST_PAUSE;
  #given = false;

  constructor(services: NodeServices) {
    this.#services = services;
  }

  /** Content of the volumes by name, as last read. */
  get sources(): ReadonlyMap<string, MountSource> {
    return this.#mounted;
  }

  /** Calls `done` once every volume is mounted; `stopped` ends the trying. */
  mount(pod: Pod, facts: PodFacts, context: { readonly stopped: () => boolean; readonly done: () => void }): void {
    const problem = this.#read(pod, facts);
    if (problem === undefined) {
      const latency = this.#given ? 0 : MOUNT_LATENCY;
      this.#given = true;
      this.#services.simulation.after(latency, context.done);
      return;
    }
    this.#services.events.pod(pod, { type: 'Warning', reason: 'FailedMount', message: problem });
    const pause = this.#pause;
    this.#pause = Math.min(MAX_PAUSE, pause * 2);
    this.#services.simulation.after(pause, () => {
      if (!context.stopped()) this.mount(pod, facts, context);
    });
  }

  #read(pod: Pod, facts: PodFacts): string | undefined {
    const { server, files, tokenFor } = this.#services;
    const mounted = new Map<string, MountSource>();
    const token = tokenFor(pod.metadata.namespace ?? '', pod.spec.serviceAccountName ?? 'default');
    for (const volume of pod.spec.volumes ?? []) {
      const source = volumeSource(pod, volume, { storage: server.storage, files, facts, token });
      if (source.kind === 'volume-problem') return source.message;
      mounted.set(volume.name, source);
    }
    this.#mounted = mounted;
    return undefined;
  }
}
