import { describe, expect, it } from 'vitest';
import { driveFor } from './drive.ts';
import { loadExercise } from './exercises.ts';
import { courseText, parseCourse, type KeptCourse } from './kept-course-format.ts';
import { LiveWorld, type EditorCall, type WorldEars } from './live-world.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { loadPrograms } from './programs.ts';
import { MASTER } from './scene.ts';

const lessonId = 'processes/host-pid-and-ipc';
const lesson = await loadExercise(lessonId);
const programs = await loadPrograms();
const files = new Map([['host-pid.yaml', lesson.start]]);

function open(): Promise<LiveWorld> {
  return LiveWorld.open({ seed: lessonId, epoch: 1_795_500_000_123, programs, scene: lesson.exercise.scene, files });
}

const ears = (asked: EditorCall[] = []): WorldEars => ({ onTick: () => undefined, onEdit: (call) => asked.push(call) > 0 });

async function enter(asked: EditorCall[] = []): Promise<LiveWorld> {
  const live = await open();
  await live.begin(ears(asked));
  return live;
}

/** What leaving the page keeps, as it comes out of the storage. */
function left({ journal, scene }: LiveWorld): KeptCourse {
  const { steps, now } = scene.simulation;
  const kept = parseCourse(courseText({ epoch: 1_795_500_000_123, files, entries: journal.entries(), end: { steps, now }, lines: [] }));
  if (typeof kept !== 'object') throw new Error(kept);
  return kept;
}

async function comeBack(kept: KeptCourse, asked: EditorCall[] = []): Promise<LiveWorld> {
  const live = await open();
  expect(await live.comeBack(kept, ears(asked), () => undefined)).toBe(true);
  return live;
}

/** A terminal with a pencil: what it shows can be read. */
function openTerminal(live: LiveWorld, rows = 24, columns = 80): { shown: string; readonly type: (line: string) => Promise<void> } {
  const terminal = {
    shown: '',
    type: async (line: string) => {
      session.input(line);
      await driveFor(live.scene.simulation, 800);
    },
  };
  const session = live.openTerminal(MASTER, { rows, columns, onOutput: (text) => (terminal.shown += text) });
  return terminal;
}

describe('a cluster that comes back', () => {
  it('is the same one: Pods, processes, what terminals show, and the shells’ histories', { timeout: 30_000 }, async () => {
    const first = await enter();
    const before = openTerminal(first);
    await before.type('kubectl create -f host-pid.yaml\r');
    await before.type('X=kept; cd /tmp\r');
    await driveFor(first.scene.simulation, 4_000);
    await first.run(MASTER, 'ipcmk -M 4096');
    const kept = left(first);

    const again = await comeBack(kept);
    expect(mapSnapshot(again.scene.world.cluster)).toEqual(mapSnapshot(first.scene.world.cluster));
    const terminal = openTerminal(again);
    expect(terminal.shown).toBe(before.shown);
    expect(terminal.shown).toContain('pod/host-pid created');
    terminal.shown = '';
    await terminal.type('echo $X $PWD\r');
    expect(terminal.shown).toContain('kept /tmp');
    // Up three times: past the line that was just typed, into the former visit.
    await terminal.type('\u001b[A\u001b[A\u001b[A');
    expect(terminal.shown).toContain('kubectl create -f host-pid.yaml');
    await terminal.type('\u0015kubectl get po\r');
    expect(terminal.shown).toMatch(/host-pid +1\/1 +Running/);

    // And once more, with what was done since.
    const third = await comeBack(left(again));
    expect(mapSnapshot(third.scene.world.cluster)).toEqual(mapSnapshot(again.scene.world.cluster));
    expect(openTerminal(third).shown).toContain('kept /tmp');
  });

  it('fits a terminal to the window that takes it up', { timeout: 30_000 }, async () => {
    const first = await enter();
    await openTerminal(first).type('true\r');
    const again = await comeBack(left(first));
    const terminal = openTerminal(again, 10, 132);
    await terminal.type('stty size\r');
    expect(terminal.shown).toContain('10 132');
  });

  it('asks again for what an editor was waited for', { timeout: 30_000 }, async () => {
    const asked: EditorCall[] = [];
    const first = await enter(asked);
    await openTerminal(first).type('vi host-pid.yaml; cat host-pid.yaml\r');
    expect(asked).toHaveLength(1);
    const askedAgain: EditorCall[] = [];
    const again = await comeBack(left(first), askedAgain);
    expect(askedAgain).toHaveLength(0);
    again.askAgain();
    expect(askedAgain.map(({ name }) => name)).toEqual(['host-pid.yaml']);
    const terminal = openTerminal(again);
    askedAgain[0]?.done('kind: Edited\n');
    await driveFor(again.scene.simulation, 800);
    expect(terminal.shown).toContain('kind: Edited');
  });

  it('lets what is typed meanwhile wait until it is there', { timeout: 30_000 }, async () => {
    const first = await enter();
    await openTerminal(first).type('echo one; sleep 2\r');
    const again = await open();
    const back = again.comeBack(left(first), ears(), () => undefined);
    const terminal = openTerminal(again);
    const typed = terminal.type('echo two\r');
    expect(await back).toBe(true);
    await typed;
    await driveFor(again.scene.simulation, 3_000);
    expect(terminal.shown).toMatch(/one\r\n[^]*two\r\n/);
  });

  it('is not taken for the same where it ends elsewhere', async () => {
    const first = await enter();
    await openTerminal(first).type('ls\r');
    const kept = left(first);
    const elsewhere = { ...kept, end: { ...kept.end, steps: kept.end.steps + 50_000 } };
    expect(await (await open()).comeBack(elsewhere, ears(), () => undefined)).toBe(false);
  });
});
