/**
 * Runs a manifest on a cluster made for this one purpose and says what commands then print. The lesson's own world is
 * never touched. In a page it gives way between small slices and can be called off.
 */
import type { Exercise } from '../exercise/exercise.ts';
import { PageTurns } from './page-turns.ts';
import type { Programs } from './programs.ts';
import type { Surroundings } from './provenance/shape.ts';
import { surroundingsOf } from './provenance/surroundings.ts';
import { HOME, MASTER, Scene } from './scene.ts';

export interface ScratchRequest {
  readonly seed: string;
  readonly programs: Programs;
  readonly scene: Exercise['scene'];
  readonly file: string;
  readonly text: string;
  /** Run in order once the Pods have come to rest. In `at` and `run`, `{pod}`, `{container}`, `{node}` and `{address}` stand for
   * the first Pod, its first container, the node it runs on and that node's address. */
  readonly looks: readonly { readonly at: string; readonly run: string }[];
  /** Nobody wants the result any more. */
  readonly signal?: AbortSignal | undefined;
}

export interface ScratchAnswer {
  readonly at: string;
  readonly run: string;
  readonly exitCode: number;
  readonly output: string;
  /** The place as it was, for the question whether the like was recorded; undefined when there was no such place. */
  readonly around: Surroundings | undefined;
}

export interface ScratchResult {
  /** What `kubectl create` printed, and how it ended. */
  readonly created: ScratchAnswer;
  /** One per look; fewer when there was no Pod to look from. */
  readonly answers: readonly ScratchAnswer[];
}

/** @throws the signal's reason when it was aborted */
export async function scratchRun(request: ScratchRequest): Promise<ScratchResult> {
  const { seed, programs, file, text } = request;
  const recipe = { seed, programs, scene: request.scene, epoch: undefined, files: new Map([[file, text]]) };
  const scene = await Scene.open(recipe, new PageTurns(request.signal));
  await scene.begin();
  const look = async (at: string, run: string): Promise<ScratchAnswer> => {
    const around = surroundingsOf(scene.world, at);
    const ended = await scene.finish(scene.world.run(at, run));
    return { at, run, exitCode: ended?.exitCode ?? 1, output: ended ? ended.stdout + ended.stderr : '', around };
  };
  const created = await look(MASTER, `kubectl create -f ${HOME}/${file}`);
  if (created.exitCode !== 0) return { created, answers: [] };
  await scene.settle();
  const places = placesOf(scene);
  const answers: ScratchAnswer[] = [];
  for (const { at, run } of request.looks) {
    const [place, line] = [at, run].map((words) => words.replace(/\{(\w+)\}/g, (whole, name: string) => places.get(name) ?? whole)) as [
      string,
      string,
    ];
    if (scene.world.observers().includes(place)) answers.push(await look(place, line));
  }
  return { created, answers };
}

function placesOf({ world }: Scene): ReadonlyMap<string, string> {
  const { cluster } = world;
  const pod = cluster.apiServer.storage.sorted('pods').find(({ metadata }) => metadata.namespace !== 'kube-system');
  const machine = cluster.machines.get(pod?.spec.nodeName ?? '');
  const address = machine?.kernel.initial.net.interfaces.find('ens37')?.addresses.find(({ family }) => family === 4)?.address;
  return new Map(
    Object.entries({ pod: pod?.metadata.name, container: pod?.spec.containers[0]?.name, node: pod?.spec.nodeName, address }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}
