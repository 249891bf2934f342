/** Images of one node: what is there, what a pull brings, what a registry refuses (containerd: internal/cri/server/images). */
import type { Simulation } from '../../engine/simulation.ts';
import type { Image } from './images/image.ts';
import { resolveImage } from './images/registry.ts';
import type { CriError, PulledImage } from './runtime.ts';

export class ImageStore {
  readonly #simulation: Simulation;
  readonly #imageByReference = new Map<string, Image>();

  /** @param preloaded references that the node has from the start */
  constructor(simulation: Simulation, preloaded: readonly string[]) {
    this.#simulation = simulation;
    for (const reference of preloaded) {
      const image = resolveImage(reference);
      if ('image' in image) this.#imageByReference.set(reference, image.image);
    }
  }

  present(reference: string): PulledImage | undefined {
    const image = this.#imageByReference.get(reference);
    return image && pulled(reference, image);
  }

  image(reference: string): Image | undefined {
    return this.#imageByReference.get(reference);
  }

  pull(reference: string, done: (result: PulledImage | CriError) => void): void {
    const answer = resolveImage(reference);
    const delay = 15 + 60 * this.#simulation.random.next();
    this.#simulation.after(delay, () => {
      if ('image' in answer) {
        this.#imageByReference.set(reference, answer.image);
        done(pulled(reference, answer.image));
      } else done(answer);
    });
  }
}

function pulled(reference: string, image: Image): PulledImage {
  return { kind: 'image', reference, id: image.id, size: image.size };
}
