import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createBench } from '../../lab/bench.ts';
import { loadExercise } from '../../lab/exercises.ts';
import { editManifest } from './edit-manifest.ts';
import type { FormEdit } from './form-state.ts';
import { planEdits, planObjectEdits } from './plan-edits.testing.ts';
import { readForm, readObjects } from './read-form.ts';

const lessons = Object.keys(import.meta.glob('../../../content/lessons/*/*/exercise.ts')).map((path) =>
  path
    .split('/')
    .slice(-3, -1)
    .map((part) => part.replace(/^\d+-/, ''))
    .join('/'),
);

const perform = (start: string, edits: readonly FormEdit[]): string => edits.reduce((text, edit) => editManifest(text, edit), start);

describe.each(lessons)('the exercise of %s in the form alone', (lessonId) => {
  it('goes from its start to its solution, and every comment stays', async () => {
    const lesson = await loadExercise(lessonId);
    const solution = await lesson.solution();
    const start = lesson.start.replaceAll(/(?<=\S)\n/g, ' # mine\n');
    const done = perform(start, planEdits(readForm(start), readForm(solution)));
    expect(parse(done)).toEqual(parse(solution));
    expect(done.split('# mine').length).toBe(start.split('# mine').length);
    const bench = await createBench({ lessonId, locale: 'en' });
    const goals = (text: string) => bench.verdict(text).goals.map(({ id, met }) => `${id} ${met}`);
    expect(goals(done)).toEqual(goals(solution));
  });

  it('comes back from its solution to its start', async () => {
    const lesson = await loadExercise(lessonId);
    const solution = await lesson.solution();
    const back = perform(solution, planEdits(readForm(solution), readForm(lesson.start)));
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
    const done = perform(start, planEdits(readForm(start), readForm(wanted)));
    expect(parse(done)).toEqual(parse(wanted));
  });
});

describe('a Deployment and its Service in one text', () => {
  const start = `# both of them
apiVersion: apps/v1
kind: Deployment # runs it
metadata:
  name: web
spec:
  selector: # whom it owns
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web # the same
    spec:
      containers:
      - name: main
        image: luksa/kubia
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: between
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - port: 80 # web
`;
  const wanted = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels:
    app.kubernetes.io/part-of: shop
spec:
  replicas: 3
  selector:
    matchLabels:
      app: shop
      tier: "1"
  template:
    metadata:
      labels:
        app: shop
        tier: "1"
    spec:
      hostNetwork: true
      containers:
      - name: main
        image: luksa/kubia
        ports:
        - containerPort: 8080
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: between
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: NodePort
  selector:
    app: shop
    tier: "1"
  ports:
  - port: 80
    targetPort: 8080
`;
  const objects = (text: string) => {
    const read = readObjects(text);
    if ('kind' in read) throw new Error(`no YAML at line ${read.line}`);
    return read;
  };
  const values = (text: string): unknown => {
    const all = parseAllDocuments(text);
    return Array.isArray(all) ? all.map((document) => document.toJS() as unknown) : [];
  };
  const turn = (from: string, to: string): string =>
    objects(to).reduce((text, object, index) => {
      const now = objects(text)[index];
      if (!now) throw new Error('an object went away');
      return planObjectEdits(now, object).reduce((each, edit) => editManifest(each, edit, index), text);
    }, from);

  it('are written in the form alone, object by object, and every comment stays', () => {
    expect(objects(start).map(({ title }) => title)).toEqual(['Deployment web', 'Service web']);
    const done = turn(start, wanted);
    expect(values(done)).toEqual(values(wanted));
    for (const comment of start.match(/#.*/g) ?? []) expect(done).toContain(comment);
  });

  it('come back from there without a trace', () => {
    expect(turn(turn(start, wanted), start)).toBe(start);
  });
});
