// Loads one locale's whole message table in the page, as its own chunk, for parts that need it late.
import type { LocaleFile, Messages } from './locale-file.ts';

const loaders = import.meta.glob<LocaleFile>('../../content/locales/*.json', { import: 'default' });

/** All messages of a locale, without fallbacks; rejects when there is no such locale. */
export async function loadMessages(locale: string): Promise<Messages> {
  const load = loaders[`../../content/locales/${locale}.json`];
  if (!load) throw new Error(`no content/locales/${locale}.json`);
  return (await load()).messages;
}
