import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { admissionLookup } from './admission-lookup.ts';
import type { Exercise } from './exercise.ts';
import { judge, type ExerciseVerdict } from './verdict.ts';
import { PROBLEM_CODES } from './problem-codes.ts';

const root = fileURLToPath(new URL('../../content/', import.meta.url));
const locales = readdirSync(join(root, 'locales')).filter((file) => file.endsWith('.json'));
const messagesOf = (file: string): Record<string, unknown> =>
  (JSON.parse(readFileSync(join(root, 'locales', file), 'utf8')) as { messages: Record<string, unknown> }).messages;

interface Lesson {
  readonly folder: string;
  readonly exercise: Exercise;
  readonly start: string;
  readonly solution: string;
}

const lessons: Lesson[] = [];
for (const module of readdirSync(join(root, 'lessons'))) {
  for (const name of readdirSync(join(root, 'lessons', module))) {
    const folder = join(root, 'lessons', module, name);
    const { exercise } = (await import(pathToFileURL(join(folder, 'exercise.ts')).href)) as { exercise: Exercise };
    lessons.push({
      folder,
      exercise,
      start: readFileSync(join(folder, 'start.yaml'), 'utf8'),
      solution: readFileSync(join(folder, 'solution.yaml'), 'utf8'),
    });
  }
}

const verdict = (lesson: Lesson, text: string): ExerciseVerdict =>
  judge({ text, exercise: lesson.exercise, context: { namespace: 'default', lookup: admissionLookup }, world: undefined });

const textGoals = (lesson: Lesson): readonly string[] => lesson.exercise.goals.filter((goal) => !goal.check.needsWorld).map((goal) => goal.id);

describe.each(lessons.map((lesson) => [lesson.exercise.file, lesson] as const))('the exercise on %s', (_file, lesson) => {
  it('starts with a manifest that the API server takes and that does not solve it', () => {
    const result = verdict(lesson, lesson.start);
    expect(result.status).toBe('accepted');
    expect(result.goals.filter((goal) => textGoals(lesson).includes(goal.id)).every((goal) => goal.met)).toBe(false);
  });

  it('has a solution that meets every goal which the text alone can meet', () => {
    const result = verdict(lesson, lesson.solution);
    expect(result.findings).toEqual([]);
    expect(result.goals.filter((goal) => textGoals(lesson).includes(goal.id) && !goal.met)).toEqual([]);
  });

  it('has words for every goal, hint and misconception in every locale', () => {
    for (const file of locales) {
      const path = join(lesson.folder, file.replace('.json', '.mdx'));
      expect(existsSync(path), path).toBe(true);
      const text = readFileSync(path, 'utf8');
      for (const goal of lesson.exercise.goals) expect(text, `${file}: goal ${goal.id}`).toMatch(new RegExp(`^  ${goal.id}:$`, 'm'));
      for (const each of lesson.exercise.misconceptions)
        expect(text, `${file}: misconception ${each.id}`).toMatch(new RegExp(`^  ${each.id}:$`, 'm'));
    }
  });
});

it('every code that a check or the decoder can report has words in every locale', () => {
  const codes = new Set<string>([...PROBLEM_CODES, ...lessons.flatMap((lesson) => lesson.exercise.goals.flatMap((goal) => goal.check.codes))]);
  for (const file of locales) {
    const missing = [...codes].filter((code) => !(`finding.${code}` in messagesOf(file)));
    expect(missing, file).toEqual([]);
  }
});
