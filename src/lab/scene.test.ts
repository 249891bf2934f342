import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turns } from '../sim/engine/simulation.ts';
import { loadExercise } from './exercises.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { loadPrograms } from './programs.ts';
import { MASTER, Scene } from './scene.ts';

const lessonId = 'processes/host-pid-and-ipc';
const { exercise, start } = await loadExercise(lessonId);
const programs = await loadPrograms();
const recipe = { seed: lessonId, epoch: undefined, programs, scene: exercise.scene, files: new Map([[exercise.file, start]]) };

/** Others get a turn after as many pieces of work as `lengths` says, again and again; what is done meanwhile is for `between`. */
function turnsAfter(lengths: readonly number[], between: () => Promise<void> | void = () => undefined): Turns & { readonly given: () => number } {
  let given = 0;
  let left = lengths[0] ?? 1;
  return {
    given: () => given,
    due: () => left-- <= 0,
    give: async () => {
      given++;
      left = lengths[given % lengths.length] ?? 1;
      await between();
    },
  };
}

/** All that can be seen of a scene and of what commands print there. */
async function course(turns: Turns): Promise<unknown> {
  const scene = await Scene.open(recipe, turns);
  const { apiServer } = scene.world.cluster;
  const booted = structuredClone({ pods: apiServer.storage.sorted('pods'), events: apiServer.storage.sorted('events'), at: scene.simulation.now });
  await scene.begin();
  const printed: unknown[] = [];
  for (const [at, line] of [
    [MASTER, `kubectl create -f ${exercise.file}`],
    [MASTER, 'iptables-save; ps -ef; ls /proc; lsns'],
    [MASTER, 'kubectl get all,ep,events -A -o yaml'],
    ['server5-node1', 'ps -ef; ip a; ss -tnp; echo $RANDOM'],
  ] as const)
    printed.push(await scene.finish(scene.world.run(at, line)));
  await scene.settle();
  const { now, steps } = scene.simulation;
  return structuredClone({ booted, printed, now, steps, map: mapSnapshot(scene.world.cluster), events: scene.events });
}

describe('a scene', () => {
  it('is the same however its boot and its commands were cut up', { timeout: 60_000 }, async () => {
    const whole = await course(turnsAfter([Number.POSITIVE_INFINITY]));
    const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    expect(await course(turnsAfter([0, 1], task))).toEqual(whole);
    // Whoever is always told to give way still gets on, one action at a time.
    expect(await course(turnsAfter([0]))).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1 }), async (lengths) => {
        expect(await course(turnsAfter(lengths))).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  it('offers a turn after every action, from the first machine on', async () => {
    const turns = turnsAfter([0]);
    const scene = await Scene.open(recipe, turns);
    expect(turns.given()).toBeGreaterThanOrEqual(scene.simulation.steps);
  });

  it('is given up when a turn says so', async () => {
    let given = 0;
    const turns = turnsAfter([5], () => {
      if (++given > 3) throw new Error('enough');
    });
    await expect(Scene.open(recipe, turns)).rejects.toThrow('enough');
  });
});
