import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { driveFor } from './drive.ts';
import { loadExercise } from './exercises.ts';
import { LiveWorld } from './live-world.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { openMoment } from './moment.ts';
import { loadPrograms } from './programs.ts';
import { replay, TooMuchWork } from './replay.ts';
import { MASTER, type Scene } from './scene.ts';
import type { Story } from './story.ts';
import { timelineEntries } from './timeline-entries.ts';

const lessonId = 'processes/host-pid-and-ipc';
const lesson = await loadExercise(lessonId);
const programs = await loadPrograms();

async function enter(): Promise<LiveWorld> {
  const files = new Map([['host-pid.yaml', lesson.start]]);
  const live = await LiveWorld.open({ seed: lessonId, epoch: 1_795_500_000_123, programs, scene: lesson.exercise.scene, files });
  await live.begin({
    onTick: () => undefined,
    onEdit: ({ done }) => {
      queueMicrotask(() => {
        done(`${lesson.start}# by vi\n`);
      });
      return true;
    },
  });
  return live;
}

function storyOf({ recipe, scene, journal }: LiveWorld): Story {
  const { entered } = scene;
  return { lessonId, recipe, entered, entries: [...journal.entries()], now: scene.simulation.now - entered };
}

/** All of a world that can be seen without changing it. */
function seen(scene: Scene, live: LiveWorld): unknown {
  const { now, steps } = scene.simulation;
  return structuredClone({ now, steps, map: mapSnapshot(scene.world.cluster), events: timelineEntries(scene, live.journal.entries()) });
}

/** What commands print, one after the other. */
async function outputs(scene: Scene): Promise<readonly string[]> {
  const all: string[] = [];
  for (const at of [MASTER, 'server5-node1']) {
    for (const line of ['ps -ef', 'ifconfig', 'kubectl get po,events -A -o wide', 'date; cat *.yaml', 'ss -tnp', 'lsns', 'echo $RANDOM'])
      all.push((await scene.finish(scene.world.run(at, line)))?.stdout ?? '');
  }
  return all;
}

async function type(live: LiveWorld, input: (text: string) => void, line: string): Promise<void> {
  for (const key of `${line}\r`) {
    input(key);
    await driveFor(live.scene.simulation, 37);
  }
}

const quiet = { rows: 24, columns: 80, onOutput: () => undefined };

describe('a world brought about again', () => {
  it('equals the first one at every moment, to the number of things done, and in what commands print', async () => {
    const live = await enter();
    const { simulation } = live.scene;
    const marks: { readonly at: number; readonly seen: unknown }[] = [];
    const mark = async (pause: number): Promise<void> => {
      await driveFor(simulation, pause);
      marks.push({ at: simulation.now - live.scene.entered, seen: seen(live.scene, live) });
      // What enters at the very moment belongs to it; here it comes a little later.
      await driveFor(simulation, 0.01);
    };
    const terminal = live.openTerminal(MASTER, quiet);
    await type(live, terminal.input, 'kubectl create -f host-pid.yaml');
    await mark(700);
    await mark(3_000);
    await type(live, terminal.input, "seq 5 | awk '{ print $1 * 2 }' | sed s/4/x/ > t.txt; vi host-pid.yaml; top");
    await mark(900);
    live.write('host-pid.yaml', `${lesson.start}# more\n`);
    terminal.resize(40, 120);
    await live.run('server5-node1', 'ps aux | grep top');
    await live.run('host-pid/main', 'sleep 99');
    await mark(5);
    terminal.input('\u0003');
    await mark(400);
    await type(live, terminal.input, 'kubectl delete po host-pid --grace-period=1');
    await mark(2_000);

    const story = storyOf(live);
    for (const { at, seen: before } of marks) {
      const { scene } = await replay({ recipe: story.recipe, entries: story.entries, at: story.entered + at });
      expect(seen(scene, live)).toEqual(before);
    }
    const moment = await openMoment(story, story.now);
    expect(moment.events().map(({ reason, source }) => reason || source)).toEqual(expect.arrayContaining(['learner', 'Scheduled', 'Killing']));
    expect(moment.text('host-pid.yaml')).toContain('# more');
    const last = await replay({ recipe: story.recipe, entries: story.entries, at: story.entered + story.now });
    const printed = await outputs(last.scene);
    expect(printed.join('\n')).toContain('kubelet');
    expect(printed).toEqual(await outputs(live.scene));
  });

  it('leaves the first world alone', async () => {
    const live = await enter();
    await live.run(MASTER, 'kubectl create -f host-pid.yaml');
    await driveFor(live.scene.simulation, 3_000);
    const before = seen(live.scene, live);
    const moment = await openMoment(storyOf(live), 2_000);
    await moment.runEverywhere('kubectl delete po host-pid --now', [MASTER]);
    expect(moment.snapshot()).toEqual((await openMoment(storyOf(live), 2_000)).snapshot());
    expect(seen(live.scene, live)).toEqual(before);
  });

  it('can be given up on the way', async () => {
    const live = await enter();
    await driveFor(live.scene.simulation, 60_000);
    const control = new AbortController();
    const moment = openMoment(storyOf(live), 60_000, control.signal);
    control.abort(new Error('enough'));
    await expect(moment).rejects.toThrow('enough');
  });

  it('equals the first one whatever was done when', { timeout: 120_000 }, async () => {
    const act = fc.record({
      line: fc.constantFrom(
        'ls',
        'kubectl get po',
        'sleep 1',
        'echo a >> f',
        'kubectl apply -f host-pid.yaml',
        'ps | wc -l',
        'cd /; pwd',
        '(sleep 3 &)',
      ),
      pause: fc.double({ min: 0, max: 900, noNaN: true }),
      how: fc.constantFrom('type', 'paste', 'run', 'write', 'reopen'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
        const live = await enter();
        let terminal = live.openTerminal(MASTER, quiet);
        for (const { line, pause, how } of acts) {
          if (how === 'type') await type(live, terminal.input, line);
          if (how === 'paste') terminal.input(`${line}\r`);
          if (how === 'run') await live.run('server5-node1', line);
          if (how === 'write') live.write('f', `${line}${pause}`);
          if (how === 'reopen') {
            terminal.close();
            terminal = live.openTerminal(MASTER, quiet);
          }
          await driveFor(live.scene.simulation, pause);
        }
        const { recipe, entries, entered, now } = storyOf(live);
        const { scene } = await replay({ recipe, entries, at: entered + now });
        expect(seen(scene, live)).toEqual(seen(live.scene, live));
        expect(await outputs(scene)).toEqual(await outputs(live.scene));
      }),
      { numRuns: 12 },
    );
  });
});

describe('a journal that somebody else made', () => {
  it('is given up where it would keep the page at work for hours', { timeout: 120_000 }, async () => {
    const live = await enter();
    live.rest();
    const { scene, recipe } = live;
    const { now, steps } = scene.simulation;
    const endless: Story = {
      lessonId,
      recipe,
      entered: scene.entered,
      now: 20_000_000,
      entries: [
        { kind: 'open', terminal: 0, observer: 'server5-node1', rows: 24, columns: 80, steps, now },
        { kind: 'type', terminal: 0, text: 'while :; do :; done\r', steps: steps + 1, now: now + 1_000 },
        { kind: 'type', terminal: 0, text: '\u0003', steps: steps + 1_000_000_000, now: now + 10_000_000 },
      ],
    };
    await expect(openMoment(endless, 20_000_000)).rejects.toThrow(TooMuchWork);
    const before = await openMoment(endless, 1_500);
    expect(before.observers().length).toBeGreaterThan(3);
  });
});
