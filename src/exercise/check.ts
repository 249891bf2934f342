/** A check judges one goal: from what the manifest would become, or from what the world has become. Types only. */
import type { KubeObject } from '../sim/kube/api/types.ts';
import type { WorldView } from './world-view.ts';

export type FindingParams = Readonly<Record<string, string | number>>;

/** Why a goal is not met. Its words stand under `finding.<code>` in content/locales. */
export interface CheckFinding {
  readonly code: string;
  readonly params: FindingParams;
  /** Field path in the manifest, such as `spec.hostNetwork`; absent when the manifest is not to blame. */
  readonly path?: string;
}

export interface CheckSubject {
  /** What the API server would keep of the manifest, defaults included; empty while it refuses. */
  readonly objects: readonly KubeObject[];
  /** The running world; undefined where only the text is judged. */
  readonly world: WorldView | undefined;
}

/**
 * What shows the state that a check judges, when a learner's own manifest runs on a cluster of its own. `{pod}`, `{container}`,
 * `{node}` and `{address}` stand for its first Pod, that Pod's first container, its node and the node's address.
 */
export interface ProbeLook {
  readonly at: string;
  readonly run: string;
  /** Regular expression: the lines that tell; all when absent. Only the first few are shown. */
  readonly tells?: string;
}

export interface Check {
  /** Name of the check's file, for tests of coverage. */
  readonly name: string;
  /** Whether it needs the running world: such goals stay open until something was applied. */
  readonly needsWorld: boolean;
  /** Absent where no manifest alone can show it, such as whether somebody did something. */
  readonly probe?: readonly ProbeLook[];
  /** All codes that it can report; each must have words in every locale. */
  readonly codes: readonly string[];
  /** @returns nothing when the goal is met */
  readonly judge: (subject: CheckSubject) => readonly CheckFinding[];
}
