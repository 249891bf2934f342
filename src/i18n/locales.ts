// All locales as content/locales/ holds them, at build time. Pages use it; islands get their messages handed.
import { createTranslate } from './create-translate.ts';
import type { Translate } from './create-translate.ts';
import type { LocaleFile, Messages } from './locale-file.ts';

/** The language in which lessons are written first. */
export const sourceLocale = 'zh';

const files = import.meta.glob<LocaleFile>('../../content/locales/*.json', {
  eager: true,
  import: 'default',
});

const fileByLocale = new Map(
  Object.entries(files)
    .map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file] as const)
    .sort(([a], [b]) => Number(b === sourceLocale) - Number(a === sourceLocale) || a.localeCompare(b)),
);

/** Codes of all locales, the source locale first, e.g. `['zh', 'en']`. */
export const locales: readonly string[] = [...fileByLocale.keys()];

/** The file of a locale; throws when there is none, which is an author's error. */
export function localeFile(locale: string): LocaleFile {
  const file = fileByLocale.get(locale);
  if (!file) throw new Error(`no content/locales/${locale}.json`);
  return file;
}

/** Message tables of a locale: its own, its declared fallback's, the source locale's. */
export function messageChain(locale: string): readonly Messages[] {
  const { messages, fallback } = localeFile(locale);
  const codes = [fallback, sourceLocale].filter((code) => code !== undefined && code !== locale);
  return [messages, ...codes.map((code) => localeFile(code as string).messages)];
}

/** The translate function of a locale, for pages, layouts and components at build time. */
export function translateFor(locale: string): Translate {
  return createTranslate(localeFile(locale).tag, messageChain(locale));
}
