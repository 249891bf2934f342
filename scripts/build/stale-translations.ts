// Marks in the built pages, and in those that `npm run dev` serves, what is older than its source: each translation passes
// through mark-stale.ts before it becomes a page. Knows no component.
import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { readRecord, readSame, sourceLanguage, sourceOf } from '../i18n/files.ts';
import { markStale } from '../i18n/mark-stale.ts';

const translation = new RegExp(`/content/(?:lessons|glossary|pages)/.+/(?!${sourceLanguage}\\.)[\\w-]+\\.mdx$`);

export function staleTranslations(): Plugin {
  return {
    name: 'stale-translations',
    enforce: 'pre',
    transform: {
      order: 'pre',
      filter: { id: translation },
      handler(text, id) {
        const source = sourceOf(id);
        if (!existsSync(source)) return null;
        this.addWatchFile(source);
        return { code: markStale({ text, source: readFileSync(source, 'utf8'), record: readRecord(id), same: readSame(source) }), map: null };
      },
    },
  };
}
