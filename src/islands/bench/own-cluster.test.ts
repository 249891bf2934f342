import { describe, expect, it } from 'vitest';
import { parse } from 'unbash';
import { loadExercise } from '../../lab/exercises.ts';
import { ownClusterCommands } from '../../lab/own-cluster-commands.ts';
import { loadPrograms } from '../../lab/programs.ts';
import { MASTER, Scene } from '../../lab/scene.ts';
import { ownClusterScript } from './own-cluster.ts';

describe('a script for one’s own cluster', () => {
  it('quotes a manifest so that the shell changes nothing in it', () => {
    const script = (text: string): string => ownClusterScript({ file: 'my pod.yaml', text, commands: [] });
    const around = (end: string, text: string): string =>
      `cat > 'my pod.yaml' <<'${end}'\n${text}\n${end}\nkubectl apply -f 'my pod.yaml'\nkubectl delete --ignore-not-found -f 'my pod.yaml'\n`;
    expect(script('a: $HOME `x`')).toBe(around('END', 'a: $HOME `x`'));
    expect(script('a: 1\nEND\n')).toBe(around('ENDX', 'a: 1\nEND'));
  });

  it('leaves out what only this cluster has, and what nobody wants repeated', () => {
    const lines = [
      'kubectl apply -f a.yaml',
      'kubectl get po',
      'ps aux',
      'kubectl cordon x',
      'kubectl get no server4-master',
      'kubectl get po; rm -rf /',
      'kubectl get po',
    ];
    expect(
      ownClusterCommands(
        lines.map((line) => ({ at: MASTER, line })),
        [],
      ),
    ).toEqual(['kubectl apply -f a.yaml', 'kubectl get po']);
  });

  it.each(['network/host-network', 'network/node-ports', 'processes/host-pid-and-ipc'])(
    'runs to its end in our own shell: %s',
    { timeout: 60_000 },
    async (lessonId) => {
      const { exercise, solution } = await loadExercise(lessonId);
      const text = await solution();
      const script = ownClusterScript({ file: exercise.file, text, commands: ownClusterCommands([], exercise.walkthrough) });
      expect(parse(script).errors ?? []).toEqual([]);
      expect(script).toMatch(/kubectl wait --for=condition=Ready/);
      const scene = await Scene.open({ seed: lessonId, epoch: undefined, programs: await loadPrograms(), scene: exercise.scene, files: new Map() });
      await scene.begin();
      const result = scene.world.run(MASTER, `set -e\n${script}`);
      // Whoever ignores SIGTERM is given half a minute.
      await scene.simulation.runUntilSettled(() => result?.exitCode !== undefined, { limit: 120_000 });
      expect({ code: result?.exitCode, stderr: result?.stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('rror') as string });
      expect(scene.world.cluster.apiServer.storage.sorted('pods').filter(({ metadata }) => metadata.namespace === 'default')).toEqual([]);
    },
  );
});
