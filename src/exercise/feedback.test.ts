import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lessonsOnDisk, type LessonOnDisk } from '../../scripts/lessons-on-disk.ts';
import { admissionLookup } from './admission-lookup.ts';
import { processEnded } from './checks/process-ended.ts';
import { manifestVariant, type ManifestVariant } from './manifest-variant.ts';
import { judge, type ExerciseVerdict, type VerdictFinding } from './verdict.ts';

interface FrontMatter {
  readonly goals: Readonly<Record<string, { readonly hint: Readonly<Record<'where' | 'why' | 'next', string>>; matters: string; proved: string }>>;
  readonly solution: Readonly<Record<string, string>>;
  readonly misconceptions: Readonly<Record<string, { readonly title: string; readonly text: string }>>;
}

const content = fileURLToPath(new URL('../../content/', import.meta.url));
const locales = readdirSync(join(content, 'locales'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));
const messages = new Map(
  locales.map((locale) => [
    locale,
    (JSON.parse(readFileSync(join(content, 'locales', `${locale}.json`), 'utf8')) as { messages: Record<string, string> }).messages,
  ]),
);
const lessons = await lessonsOnDisk();

const verdict = ({ exercise }: LessonOnDisk, text: string): ExerciseVerdict =>
  judge({ text, exercise, context: { namespace: 'default', lookup: admissionLookup }, world: undefined });

/** What the window would show: the first, in the author's order. */
const shown = ({ findings, goals }: ExerciseVerdict): VerdictFinding | undefined =>
  [...findings, ...goals.filter(({ met }) => !met).flatMap((goal) => goal.findings)][0];

function frontMatter(lesson: LessonOnDisk, locale: string): FrontMatter {
  const [module, name] = lesson.id.split('/') as [string, string];
  const folder = (parent: string, id: string): string => readdirSync(parent).find((each) => each.replace(/^\d+-/, '') === id) ?? id;
  const below = join(content, 'lessons', folder(join(content, 'lessons'), module));
  const text = readFileSync(join(below, folder(below, name), `${locale}.mdx`), 'utf8');
  return parse(/^---\n([^]*?)\n---\n/.exec(text)?.[1] ?? '') as FrontMatter;
}

/** Lines of the solution that the start lacks. */
const changedLines = ({ start, solution }: LessonOnDisk): readonly string[] =>
  solution.split('\n').filter((line) => line !== '' && !start.split('\n').includes(line));

/** Every combination of the settings that the course teaches: 1,440. */
function* combinations(): Generator<ManifestVariant> {
  const onOff = [undefined, true];
  const triple = [undefined, true, false];
  const ports = [undefined, ...[8080, 9000, 22].map((hostPort) => [{ containerPort: 8080, hostPort }])];
  for (const hostNetwork of onOff)
    for (const hostPID of onOff)
      for (const hostIPC of onOff)
        for (const shareProcessNamespace of triple)
          for (const dnsPolicy of [undefined, 'ClusterFirst', 'Default', 'None', 'ClusterFirstWithHostNet'])
            for (const hostUsers of triple)
              for (const port of ports)
                yield {
                  spec: { hostNetwork, hostPID, hostIPC, shareProcessNamespace, dnsPolicy, hostUsers },
                  container: { ports: port },
                };
}

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('what a learner of %s is told', (_id, lesson) => {
  const { exercise } = lesson;

  it('is never nothing for a wrong combination, and has words with all its blanks filled in every language', () => {
    let count = 0;
    for (const variant of combinations()) {
      const text = manifestVariant(variant, lesson);
      const result = verdict(lesson, text);
      count += 1;
      const open = result.goals.filter(({ id, met }) => !met && exercise.goals.find((goal) => goal.id === id)?.check.needsWorld === false);
      if (open.length === 0 && result.status !== 'refused' && result.status !== 'broken') continue;
      expect(shown(result), text).toBeDefined();
      for (const { code, params } of [...result.findings, ...result.goals.flatMap((goal) => goal.findings)]) {
        for (const locale of locales) {
          const words = messages.get(locale)?.[`finding.${code}`];
          if (words === undefined) expect.fail(`${locale}: no finding.${code}, for\n${text}`);
          for (const [, name] of words.matchAll(/\{(\w+)\}/g))
            if (!((name as string) in params)) expect.fail(`${locale}: finding.${code} has a blank ${name}`);
        }
      }
    }
    expect(count).toBe(1440);
  });

  it('names each known misconception by its own words', () => {
    for (const { id, example } of exercise.misconceptions) {
      const text = manifestVariant(example, lesson);
      expect(shown(verdict(lesson, text))?.misconception, `${id}:\n${text}`).toBe(id);
      for (const locale of locales) expect(frontMatter(lesson, locale).misconceptions[id]?.text, `${locale}: ${id}`).toBeTruthy();
    }
  });

  it('never answers a combination with the misconception of another', () => {
    for (const variant of combinations()) {
      const finding = shown(verdict(lesson, manifestVariant(variant, lesson)));
      const named = exercise.misconceptions.find(({ id }) => id === finding?.misconception);
      if (named) expect(named.revealedBy.some((code) => code.split(':')[0] === finding?.code)).toBe(true);
    }
  });

  it('says of every goal why it matters and what it proves', () => {
    for (const locale of locales) {
      for (const { id } of exercise.goals) {
        expect(frontMatter(lesson, locale).goals[id]?.matters, `${locale}: ${id}`).toBeTruthy();
        expect(frontMatter(lesson, locale).goals[id]?.proved, `${locale}: ${id}`).toBeTruthy();
      }
    }
  });

  it('never holds a line of the solution in a hint, in any language', () => {
    const plain = (text: string): string => text.replace(/[\s`]/g, '').toLowerCase();
    const answers = changedLines(lesson).map(plain);
    expect(answers.length).toBeGreaterThan(0);
    for (const locale of locales)
      for (const [id, { hint }] of Object.entries(frontMatter(lesson, locale).goals))
        for (const step of ['where', 'why', 'next'] as const) {
          expect(hint[step], `${locale}: ${id}.${step}`).toBeTruthy();
          for (const answer of answers) expect(plain(hint[step]), `${locale}: ${id}.${step}`).not.toContain(answer);
        }
  });

  it('explains every line that the solution adds, in every language', () => {
    const fields = changedLines(lesson).map((line) => /^[ -]*(\w+):/.exec(line)?.[1] ?? line);
    for (const locale of locales) expect(Object.keys(frontMatter(lesson, locale).solution).sort(), locale).toEqual([...fields].sort());
  });

  it('shows the state behind every goal that a manifest can meet', () => {
    for (const { id, check } of exercise.goals) if (!check.needsWorld) expect(check.probe?.length, id).toBeGreaterThan(0);
  });

  it('asks for the end only of what the scene really starts', () => {
    for (const { check } of exercise.goals.filter((goal) => goal.check.name === 'process-ended')) {
      const absent = check.judge({ objects: [], world: { pods: [], nodes: {}, started: [], history: [], answered: [] } });
      expect(absent.map(({ code }) => code)).toEqual(['process.neverThere']);
      const started = exercise.scene.running.map((each) => ({ ...each, running: true }));
      const there = check.judge({ objects: [], world: { pods: [], nodes: {}, started, history: [], answered: [] } });
      expect(there.map(({ code }) => code)).toEqual(['process.running']);
    }
  });
});

it('a vanished program counts only when it was there', () => {
  const view = { pods: [], nodes: {}, history: [], answered: [] };
  const after = (started: readonly { at: string; program: string; running: boolean }[]) =>
    processEnded('top').judge({ objects: [], world: { ...view, started } });
  expect(after([{ at: 'n', program: 'top', running: false }])).toEqual([]);
  expect(after([{ at: 'n', program: 'vi', running: false }]).map(({ code }) => code)).toEqual(['process.neverThere']);
});
