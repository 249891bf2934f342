import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createBench } from '../../lab/bench.ts';
import { loadExercise } from '../../lab/exercises.ts';
import { editManifest } from './edit-manifest.ts';
import { planEdits } from './plan-edits.testing.ts';
import { readForm } from './read-form.ts';

const lessons = Object.keys(import.meta.glob('../../../content/lessons/*/*/exercise.ts')).map((path) =>
  path
    .split('/')
    .slice(-3, -1)
    .map((part) => part.replace(/^\d+-/, ''))
    .join('/'),
);

describe.each(lessons)('the exercise of %s in the form alone', (lessonId) => {
  it('goes from its start to its solution, and every comment stays', async () => {
    const lesson = await loadExercise(lessonId);
    const solution = await lesson.solution();
    const start = lesson.start.replaceAll(/(?<=\S)\n/g, ' # mine\n');
    const done = planEdits(readForm(start), readForm(solution)).reduce(editManifest, start);
    expect(parse(done)).toEqual(parse(solution));
    expect(done.split('# mine').length).toBe(start.split('# mine').length);
    const bench = await createBench({ lessonId, locale: 'en' });
    const goals = (text: string) => bench.verdict(text).goals.map(({ id, met }) => `${id} ${met}`);
    expect(goals(done)).toEqual(goals(solution));
  });

  it('comes back from its solution to its start', async () => {
    const lesson = await loadExercise(lessonId);
    const solution = await lesson.solution();
    const back = planEdits(readForm(solution), readForm(lesson.start)).reduce(editManifest, solution);
    expect(parse(back)).toEqual(parse(lesson.start));
  });
});

describe('a manifest that no lesson asks for', () => {
  it('can be written in the form as well', () => {
    const start = 'kind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: b\n';
    const wanted = `kind: Pod
metadata:
  name: two
spec:
  hostIPC: true
  hostUsers: false
  dnsPolicy: None
  containers:
  - name: web
    image: luksa/kubia:v2
    args: ["--port", "80 80"]
    ports:
    - containerPort: 8080
      hostPort: 9000
      hostIP: 192.168.2.206
    - containerPort: 53
      protocol: UDP
  - name: shell
    image: alpine
    command: ["/bin/sh", "-c", "while true; do sleep 1; done"]
`;
    const done = planEdits(readForm(start), readForm(wanted)).reduce(editManifest, start);
    expect(parse(done)).toEqual(parse(wanted));
  });
});
