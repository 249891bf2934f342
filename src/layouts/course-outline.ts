// The course as its folders order it: modules, and the lessons in them. Knows no lesson's content.
import { getCollection } from 'astro:content';
import type { CollectionEntry } from 'astro:content';
import { sourceLocale } from '../i18n/locales.ts';

export interface OutlineLesson {
  /** `network/host-network`, for ever. */
  readonly id: string;
  readonly module: string;
  readonly slug: string;
  /** Folder with its ordering numbers, such as `020-network/020-host-network`. */
  readonly folder: string;
  /** In the asked language, or in the source language where there is no translation yet. */
  readonly entry: CollectionEntry<'lessons'>;
  readonly translated: boolean;
}

export interface OutlineModule {
  readonly id: string;
  readonly lessons: readonly OutlineLesson[];
}

/** All modules with their lessons, in course order, worded in `locale` as far as it goes. */
export async function courseOutline(locale: string): Promise<readonly OutlineModule[]> {
  const entries = await getCollection('lessons');
  const inLocale = (code: string) => entries.filter((entry) => entry.id.startsWith(`${code}/`));
  const own = new Map(inLocale(locale).map((entry) => [withoutLocale(entry.id), entry]));
  const lessons = inLocale(sourceLocale)
    .map((source): OutlineLesson => {
      const id = withoutLocale(source.id);
      const [module = '', slug = ''] = id.split('/');
      const entry = own.get(id) ?? source;
      return { id, module, slug, folder: folderOf(source), entry, translated: own.has(id) };
    })
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const modules = new Map<string, OutlineLesson[]>();
  for (const lesson of lessons) {
    modules.set(lesson.module, [...(modules.get(lesson.module) ?? []), lesson]);
  }
  return [...modules].map(([id, own]) => ({ id, lessons: own }));
}

function withoutLocale(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function folderOf(entry: CollectionEntry<'lessons'>): string {
  const parts = (entry.filePath ?? '').split('/');
  return parts.slice(-3, -1).join('/');
}
