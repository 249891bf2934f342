// Where texts, their translations and the records of both lie in content/. The only part of i18n that reads and writes files.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hashOf, partsOf } from './blocks.ts';
import type { Field } from './blocks.ts';
import type { SameMeaning, TranslationRecord } from './compare.ts';

/** The language in which texts are written first. */
export const sourceLanguage = 'zh';

const noRecord: TranslationRecord = { fields: {}, blocks: [] };

/** Source texts of a content folder, such as `content/lessons/…/zh.mdx`. */
export function sourceTexts(content: string): readonly string[] {
  return globSync(`${content}/{lessons,glossary,pages}/**/${sourceLanguage}.mdx`).sort();
}

/** Languages into which texts are translated, after the files in `locales/`. */
export function translatedLanguages(content: string): readonly string[] {
  return globSync(`${content}/locales/*.json`)
    .map((file) => basename(file, '.json'))
    .filter((code) => code !== sourceLanguage)
    .sort();
}

/** The source of a translation, whether or not it exists. */
export function sourceOf(translation: string): string {
  return join(dirname(translation), `${sourceLanguage}.mdx`);
}

function readJson<T>(file: string, absent: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : absent;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

const recordFile = (translation: string): string => translation.replace(/\.mdx$/, '.source.json');
const sameFile = (source: string): string => source.replace(/\.mdx$/, '.same.json');

/** What the translation was made from; nothing for one that was never accepted. */
export function readRecord(translation: string): TranslationRecord {
  return readJson(recordFile(translation), noRecord);
}

export function writeRecord(translation: string, record: TranslationRecord): void {
  writeJson(recordFile(translation), record);
}

/** Changes of a source text that keep its meaning. */
export function readSame(source: string): SameMeaning {
  return readJson(sameFile(source), {});
}

export function writeSame(source: string, same: SameMeaning): void {
  writeJson(sameFile(source), same);
}

/** The messages of a language by key, plural forms as one text each. */
export function readMessages(content: string, language: string): ReadonlyMap<string, Field> {
  const { messages } = readJson<{ messages: Record<string, unknown> }>(join(content, 'locales', `${language}.json`), { messages: {} });
  return new Map(
    Object.entries(messages).map(([key, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [key, { text, hash: hashOf(text) }];
    }),
  );
}

const messageRecordFile = (content: string, language: string): string => join(content, 'locales', 'made-from', `${language}.json`);

/** Hash of the source message of each translated message, by key. */
export function readMessageRecord(content: string, language: string): Readonly<Record<string, string>> {
  return readJson(messageRecordFile(content, language), {});
}

export function writeMessageRecord(content: string, language: string, record: Readonly<Record<string, string>>): void {
  writeJson(messageRecordFile(content, language), record);
}

/** Parts of a file; throws with the file's name when it cannot be read as MDX. */
export function partsOfFile(file: string): ReturnType<typeof partsOf> {
  try {
    return partsOf(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
