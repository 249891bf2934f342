// Loads the simulated cluster once per page, when somebody first wants it. Knows nothing of what it is used for.
import type { Bench } from '../../lab/bench-contract.ts';

let running: Promise<Bench> | undefined;

/** The page's bench; begins to load on the first call. A failed load can be tried again. */
export function loadBench(lessonId: string, locale: string): Promise<Bench> {
  running ??= import('../../lab/bench.ts')
    .then(({ createBench }) => createBench({ lessonId, locale }))
    .catch((error: unknown) => {
      running = undefined;
      throw error;
    });
  return running;
}
