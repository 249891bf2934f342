/** Images of one node: what is there, what a pull brings, what a registry refuses (containerd: internal/cri/server/images). */
import type { Simulation } from '../../engine/simulation.ts';
import type { Image } from './images/image.ts';
import { normalizeReference, resolveImage } from './images/registry.ts';
import type { CriError, PulledImage } from './runtime.ts';

export class ImageStore {
  readonly #simulation: Simulation;
  /** By completed reference, and by id (which is the reference with a digest). */
  readonly #imageByReference = new Map<string, Image>();

  /** @param preloaded references that the node has from the start */
  constructor(simulation: Simulation, preloaded: readonly string[]) {
    this.#simulation = simulation;
    for (const reference of preloaded) {
      const image = resolveImage(reference);
      if ('image' in image) this.#keep(reference, image.image);
    }
  }

  present(reference: string): PulledImage | undefined {
    const image = this.image(reference);
    return image && pulled(reference, image);
  }

  image(reference: string): Image | undefined {
    return this.#imageByReference.get(normalizeReference(reference).full);
  }

  pull(reference: string, done: (result: PulledImage | CriError) => void): void {
    const answer = resolveImage(reference);
    const delay = 15 + 60 * this.#simulation.random.next();
    this.#simulation.after(delay, () => {
      if ('image' in answer) {
        this.#keep(reference, answer.image);
        done(pulled(reference, answer.image));
      } else done(answer);
    });
  }

  #keep(reference: string, image: Image): void {
    this.#imageByReference.set(normalizeReference(reference).full, image);
    this.#imageByReference.set(image.id, image);
  }
}

function pulled(reference: string, image: Image): PulledImage {
  return { kind: 'image', reference, id: image.id, size: image.size };
}
