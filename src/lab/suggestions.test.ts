import { describe, expect, it } from 'vitest';
import { createBench } from './bench.ts';
import { loadExercise } from './exercises.ts';

const lessons = Object.keys(import.meta.glob('../../content/lessons/*/*/exercise.ts')).map((path) =>
  path
    .split('/')
    .slice(-3, -1)
    .map((part) => part.replace(/^\d+-/, ''))
    .join('/'),
);

describe.each(lessons)('what %s suggests to run', (lessonId) => {
  it('can be run at one of the places that are compared at least, once the exercise is solved', async () => {
    const lesson = await loadExercise(lessonId);
    const bench = await createBench({ lessonId, locale: 'zh' });
    bench.setText(lesson.exercise.file, await lesson.solution());
    await bench.apply(lesson.exercise.file);
    const { first, everywhere } = bench.suggestions();
    expect(everywhere[0]).toBe(first.command);
    for (const observer of first.observers) expect(bench.observers().map(({ name }) => name)).toContain(observer);
    for (const command of everywhere) {
      const seen = await bench.runEverywhere(command, first.observers);
      expect([command, seen.some(({ lines }) => lines.length > 0 && !/not found/.test(lines[0]?.text ?? ''))]).toEqual([command, true]);
    }
  });

  it('is in a terminal what the lesson asks for there, with an open end where only the learner can go on', async () => {
    const bench = await createBench({ lessonId, locale: 'zh' });
    const { exercise } = await loadExercise(lessonId);
    const { at, everywhere } = bench.suggestions();
    expect(at('server4-master')[0]).toBe(`kubectl create -f ${exercise.file}`);
    for (const observer of exercise.observers) for (const line of at(observer)) expect(line).not.toContain('$');
    expect(at('some-pod/main')).toEqual(everywhere);
  });
});

it('differs from lesson to lesson', async () => {
  const lists = await Promise.all(
    lessons.map(async (lessonId) => (await createBench({ lessonId, locale: 'zh' })).suggestions().everywhere.join('\n')),
  );
  expect(new Set(lists).size).toBe(lessons.length);
});
