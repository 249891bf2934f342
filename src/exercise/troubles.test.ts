import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { admissionLookup } from './admission-lookup.ts';
import { defineExercise } from './exercise.ts';
import { TROUBLE_CODES } from './troubles.ts';
import { judge, type VerdictFinding } from './verdict.ts';
import type { PodTrouble } from './world-view.ts';

const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: main
    image: nginx
    command: ["no-such-program"]
    ports:
    - containerPort: 80
      hostPort: 9000
`;

const exercise = defineExercise({
  file: 'web.yaml',
  scene: { commands: [], running: [] },
  goals: [],
  misconceptions: [],
  observers: ['server4-master'],
  comparison: { command: 'ps', observers: [], more: [] },
  walkthrough: [],
});

function findingsFor(trouble: PodTrouble, manifest = text): readonly VerdictFinding[] {
  const pod = { namespace: 'default', name: 'web', node: undefined, ready: false, status: 'Pending', ip: undefined, namespaces: undefined, trouble };
  const world = { pods: [pod], nodes: {}, started: [], history: [], answered: [] };
  return judge({ text: manifest, exercise, context: { namespace: 'default', lookup: admissionLookup }, world }).findings;
}

it('a Pod that no node has a free port for points to its host port, in the scheduler’s words', () => {
  const message = "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't have free ports for the requested pod ports.";
  expect(findingsFor({ kind: 'unscheduled', message })).toMatchObject([
    { code: 'world.portTaken', upstream: message, path: 'spec.containers[0].ports[0].hostPort', range: { start: { line: 11, column: 6 } } },
  ]);
});

it('an image that cannot be pulled points to the image, until the text names another one', () => {
  const trouble: PodTrouble = { kind: 'image', message: 'Back-off pulling image "nginx"', container: 0, image: 'nginx' };
  expect(findingsFor(trouble)).toMatchObject([{ code: 'world.image', path: 'spec.containers[0].image', range: { start: { line: 7 } } }]);
  expect(findingsFor(trouble, text.replace('image: nginx', 'image: alpine'))).toEqual([]);
});

it('a program that is not there points to the command', () => {
  expect(findingsFor({ kind: 'start', message: 'exec: not found', container: 0, image: 'nginx' })).toMatchObject([
    { code: 'world.start', path: 'spec.containers[0].command', range: { start: { line: 8 } } },
  ]);
});

it('a program that has ended tells its exit code', () => {
  expect(findingsFor({ kind: 'ended', message: 'Error: exit code 1', container: 0, image: 'nginx', exitCode: 1 })).toMatchObject([
    { code: 'world.ended', params: { code: 1, pod: 'web' } },
  ]);
});

it('every trouble has words in every locale', () => {
  const folder = fileURLToPath(new URL('../../content/locales/', import.meta.url));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const { messages } = JSON.parse(readFileSync(folder + file, 'utf8')) as { messages: Record<string, unknown> };
    expect(
      TROUBLE_CODES.filter((code) => !(`finding.${code}` in messages)),
      file,
    ).toEqual([]);
  }
});
