/** Judges whether a program that the scene started has been ended. */
import type { Check } from '../check.ts';

/** Met when every `program` that the scene started at a node has ended; it proves first that there was one. */
export function processEnded(program: string): Check {
  return {
    name: 'process-ended',
    needsWorld: true,
    codes: ['process.running', 'process.neverThere'],
    judge({ world }) {
      const started = world?.started.filter((each) => each.program === program) ?? [];
      if (started.length === 0) return [{ code: 'process.neverThere', params: { program } }];
      const left = started.find((each) => each.running);
      return left ? [{ code: 'process.running', params: { program, node: left.at } }] : [];
    },
  };
}
