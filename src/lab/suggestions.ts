/** What a lesson suggests to run, and where. Knows nothing of how it is offered. */
import type { Exercise } from '../exercise/exercise.ts';
import type { Suggestions } from './bench-contract.ts';

export function suggestionsOf({ comparison, walkthrough }: Exercise): Suggestions {
  const { command, observers, more } = comparison;
  const everywhere = [...new Set([command, ...more])];
  return {
    first: { command, observers },
    everywhere,
    at: (observer) => {
      // A container is no place of its own in the worked example, but what is compared there can be run there.
      if (observer.includes('/')) return everywhere;
      const asked = walkthrough.filter(({ at }) => at === observer).map(({ run }) => openEnd(run));
      return [...new Set(asked.length > 0 ? asked : everywhere)];
    },
  };
}

/** What only a look at an earlier answer tells (`${top}`) is left to the learner. */
function openEnd(line: string): string {
  const at = line.indexOf('${');
  return at < 0 ? line : line.slice(0, at);
}
