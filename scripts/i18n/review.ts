// What translators have to do, found by holding every translation's record against the source as it is; and the words in
// which it is told in a terminal. Writes nothing.
import { existsSync } from 'node:fs';
import type { Block, Field } from './blocks.ts';
import { compareBlocks, staleFields } from './compare.ts';
import { partsOfFile, readMessageRecord, readMessages, readRecord, readSame, sourceLanguage, sourceTexts, translatedLanguages } from './files.ts';

/** One piece of work. */
export interface Task {
  readonly kind: 'changed' | 'missing' | 'gone';
  /** A front matter path, a message key, or `block 7`, counted in the translation from 1. */
  readonly place: string;
  readonly source?: string;
  readonly translation?: string;
  /** Hash of the source now, and of what was translated. */
  readonly hash?: string;
  readonly recorded?: string;
}

export interface Review {
  readonly file: string;
  readonly sourceFile: string;
  readonly state: 'current' | 'stale' | 'untranslated' | 'unrecorded';
  readonly tasks: readonly Task[];
}

/** Reviews of all texts in all languages, in the order of languages and files; `content` is the folder of that name. */
export function reviewAll(content: string): readonly Review[] {
  return translatedLanguages(content).flatMap((language) => [
    reviewMessages(content, language),
    ...sourceTexts(content).map((source) => reviewText(source, source.replace(new RegExp(`${sourceLanguage}\\.mdx$`), `${language}.mdx`))),
  ]);
}

/** One translation against its source. */
export function reviewText(sourceFile: string, file: string): Review {
  if (!existsSync(file)) return { file, sourceFile, state: 'untranslated', tasks: [] };
  const source = partsOfFile(sourceFile);
  const own = partsOfFile(file);
  const record = readRecord(file);
  const same = readSame(sourceFile);
  if (record.blocks.length !== own.blocks.length) return { file, sourceFile, state: 'unrecorded', tasks: [] };
  const fields = staleFields(record.fields, source.fields, same).map((path) => taskOfField({ path, source, own, recorded: record.fields[path] }));
  const states = compareBlocks(
    record.blocks,
    source.blocks.map(({ hash }) => hash),
    same,
  );
  const blocks = states.flatMap((state): readonly Task[] => {
    if (state.kind === 'fresh') return [];
    const theirs: Block | undefined = state.kind === 'gone' ? undefined : source.blocks[state.source];
    const recorded = state.kind === 'missing' ? undefined : record.blocks[state.at];
    return [
      {
        kind: state.kind,
        place: `block ${String(state.at + 1)}`,
        ...(theirs ? { source: theirs.text, hash: theirs.hash } : {}),
        ...(state.kind === 'missing' ? {} : { translation: own.blocks[state.at]?.text ?? '' }),
        ...(recorded === undefined ? {} : { recorded }),
      },
    ];
  });
  const tasks = [...fields, ...blocks];
  return { file, sourceFile, state: tasks.length === 0 ? 'current' : 'stale', tasks };
}

interface FieldRequest {
  readonly path: string;
  readonly source: { readonly fields: ReadonlyMap<string, Field> };
  readonly own: { readonly fields: ReadonlyMap<string, Field> };
  readonly recorded: string | undefined;
}

function taskOfField({ path, source, own, recorded }: FieldRequest): Task {
  const theirs = source.fields.get(path);
  const translation = own.fields.get(path)?.text;
  return {
    kind: translation === undefined ? 'missing' : 'changed',
    place: path,
    source: theirs?.text ?? '',
    hash: theirs?.hash ?? '',
    ...(translation === undefined ? {} : { translation }),
    ...(recorded === undefined ? {} : { recorded }),
  };
}

function reviewMessages(content: string, language: string): Review {
  const file = `${content}/locales/${language}.json`;
  const sourceFile = `${content}/locales/${sourceLanguage}.json`;
  const source = readMessages(content, sourceLanguage);
  const own = readMessages(content, language);
  const record = readMessageRecord(content, language);
  const tasks = staleFields(record, source, {}).map((path) =>
    taskOfField({ path, source: { fields: source }, own: { fields: own }, recorded: record[path] }),
  );
  return { file, sourceFile, state: tasks.length === 0 ? 'current' : 'stale', tasks };
}

/** One line per text that needs work, and a line that sums up. */
export function statusLines(reviews: readonly Review[]): readonly string[] {
  const open = reviews.filter(({ state }) => state !== 'current');
  const lines = open.map(({ file, state, tasks }) => {
    if (state === 'untranslated') return `${file}: not translated`;
    if (state === 'unrecorded')
      return `${file}: its paragraphs are not those recorded; bring them in line with the source, then npm run i18n:accept -- ${file}`;
    const count = (kind: Task['kind']): number => tasks.filter((task) => task.kind === kind).length;
    const parts = (['changed', 'missing', 'gone'] as const).filter((kind) => count(kind) > 0).map((kind) => `${String(count(kind))} ${kind}`);
    return `${file}: ${parts.join(', ')}`;
  });
  return [...lines, `${String(reviews.length - open.length)} of ${String(reviews.length)} texts are up to date`];
}

/**
 * The work itself: what the source says now and what the translation says.
 *
 * @param before gives the source as it was when it was translated, where that can be found
 */
export function diffLines(review: Review, before: (task: Task) => string | undefined): readonly string[] {
  const mark = (sign: string, text: string): string => text.replace(/^/gm, `${sign} `);
  return review.tasks.flatMap((task) => {
    const old = before(task);
    return [
      `${review.file}, ${task.place}: ${task.kind}`,
      ...(old === undefined ? [] : [mark('  -', old)]),
      ...(task.source === undefined ? [] : [mark('  +', task.source)]),
      ...(task.translation === undefined ? [] : [mark('  =', task.translation)]),
      '',
    ];
  });
}
