/**
 * What a learner's own manifest leads to, shown by a run on a cluster made for it: the lesson's world is never touched.
 * Knows which lines tell from the goal's check; words nothing.
 */
import { loadExercise } from './exercises.ts';
import { loadShapes } from './provenance/load-shapes.ts';
import { provenanceOf, type Provenance, type RecordedShapes } from './provenance/provenance.ts';
import { loadPrograms } from './programs.ts';
import { MASTER } from './scene.ts';
import { scratchRun, type ScratchAnswer } from './scratch-run.ts';

export interface ShownRun {
  readonly at: string;
  readonly run: string;
  readonly lines: readonly string[];
  /** There was more. */
  readonly cut: boolean;
  readonly provenance: Provenance | undefined;
}

export interface ConsequenceRequest {
  readonly lessonId: string;
  readonly text: string;
  /** Whose check says what to look at; without one, what the API server says is shown. */
  readonly goal?: string | undefined;
  /** Nobody wants the result any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Lines of one look that are shown. */
const MOST = 3;

/**
 * @returns what was typed and printed; nothing where the goal's check has nothing to look at
 * @throws the signal's reason when it was aborted
 */
export async function consequence({ lessonId, text, goal, signal }: ConsequenceRequest): Promise<readonly ShownRun[]> {
  const [{ exercise }, programs] = await Promise.all([loadExercise(lessonId), loadPrograms()]);
  const probe = exercise.goals.find(({ id }) => id === goal)?.check.probe;
  if (goal !== undefined && !probe) return [];
  const { scene, file } = exercise;
  const index = loadShapes().catch(() => undefined);
  const looks = probe ?? [];
  const state = { at: MASTER, run: 'kubectl get po' };
  const { created, answers } = await scratchRun({ seed: lessonId, programs, scene, file, text, looks: [...looks, state], signal });
  const shapes = await index;
  if (!probe || created.exitCode !== 0) return [shown({ ...created, run: `kubectl create -f ${file}` }, shapes)];
  // Where a container does not run there is nothing to look from: then its state tells.
  if (answers.length <= looks.length) return answers.slice(-1).map((answer) => shown(answer, shapes));
  return answers.slice(0, -1).map((answer, at) => shown(answer, shapes, looks[at]?.tells));
}

function shown({ at, run, exitCode, output, around }: ScratchAnswer, shapes: RecordedShapes | undefined, tells = ''): ShownRun {
  const all = output.trimEnd().split('\n');
  const telling = all.filter((line) => new RegExp(tells).test(line));
  const provenance = shapes && around ? provenanceOf({ line: run, surroundings: around, exitCode }, shapes) : undefined;
  return { at, run, lines: telling.slice(0, MOST), cut: telling.length > MOST, provenance };
}
