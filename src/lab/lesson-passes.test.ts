import { describe, expect, it } from 'vitest';
import { createBench } from './bench.ts';
import type { VerdictStatus } from './bench-contract.ts';
import { loadExercise } from './exercises.ts';

const lessons = Object.keys(import.meta.glob('../../content/lessons/*/*/exercise.ts')).map((path) =>
  path
    .split('/')
    .slice(-3, -1)
    .map((part) => part.replace(/^\d+-/, ''))
    .join('/'),
);

/** Does all that the lesson asks for, on the given manifest, and says how the verdict goes. */
async function worked(lessonId: string, which: 'start' | 'solution'): Promise<{ readonly before: VerdictStatus; readonly after: VerdictStatus }> {
  const lesson = await loadExercise(lessonId);
  const { file, walkthrough } = lesson.exercise;
  const text = which === 'start' ? lesson.start : await lesson.solution();
  const bench = await createBench({ lessonId, locale: 'zh' });
  const before = bench.verdict(text).status;
  bench.setText(file, text);
  await bench.apply(file);
  const captured = new Map<string, string>();
  for (const { at, run, capture } of walkthrough) {
    if (run.startsWith('kubectl create -f')) continue;
    const line = run.replace(/\$\{(\w+)\}/g, (whole, name: string) => captured.get(name) ?? whole);
    const [seen] = await bench.runEverywhere(line, [at]);
    const printed = seen?.lines.map((each) => each.text).join('\n') ?? '';
    for (const [name, pattern] of Object.entries(capture ?? {})) {
      const found = new RegExp(pattern, 'm').exec(printed)?.[1];
      if (found !== undefined) captured.set(name, found);
    }
  }
  return { before, after: bench.verdict(text).status };
}

describe.each(lessons)('%s', (lessonId) => {
  it('is not solved by its start, whatever is done with it', async () => {
    expect(await worked(lessonId, 'start')).toEqual({ before: 'accepted', after: 'accepted' });
  });

  it('is solved by its solution once the lesson’s commands were run, and not before where a deed is asked for', async () => {
    const { exercise } = await loadExercise(lessonId);
    const asksDeed = exercise.goals.some(({ check }) => check.needsWorld);
    expect(await worked(lessonId, 'solution')).toEqual({ before: asksDeed ? 'accepted' : 'solved', after: 'solved' });
  });
});
