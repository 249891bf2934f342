/** Which commands of a lesson, or of what a learner did, make sense on a cluster that is not this one. */
import type { WalkthroughStep } from '../exercise/exercise.ts';

/** What only this cluster has: its machines, and places that were captured from earlier answers. */
const OF_THIS_CLUSTER = /server\d+-|\$\{|192\.168\.2\./;
/** Changes that a script should not repeat on somebody's cluster. */
const NOT_TO_REPEAT = /^kubectl (?:cordon|uncordon|drain|taint|edit|delete)\b/;

export interface RunCommand {
  readonly at: string;
  readonly line: string;
}

/** @param ran what the learner ran; where that creates nothing, the lesson's own walkthrough stands in */
export function ownClusterCommands(ran: readonly RunCommand[], walkthrough: readonly WalkthroughStep[]): readonly string[] {
  const own = [...new Set(ran.map(({ line }) => line))].filter(sensible);
  if (own.some((line) => /^kubectl (?:create|apply)\b/.test(line))) return own;
  return walkthrough.flatMap(({ run, whenReady }) => {
    if (!sensible(run)) return [];
    return whenReady === undefined ? [run] : [`kubectl wait --for=condition=Ready pod/${whenReady} --timeout=60s`, run];
  });
}

function sensible(line: string): boolean {
  return /^kubectl \w/.test(line) && !/[\n;&<>`]/.test(line) && !OF_THIS_CLUSTER.test(line) && !NOT_TO_REPEAT.test(line);
}
