// Removes from page heads the stylesheets that only lazily imported chunks need; Vite loads those itself
// on import(). Knows only the built HTML and the names of the heavy chunks' stylesheets.
import { readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { htmlFiles } from './html-files.ts';

const stylesheetLink = /<link\b[^>]*\brel="stylesheet"[^>]*>/g;

/**
 * Astro 7 links the CSS of every chunk that a page can reach, lazily imported ones included, and so makes
 * the editor's styles block the first paint. All of a page's own CSS is inlined (build.inlineStylesheets),
 * hence every external stylesheet link left belongs to a lazy chunk. May go when Astro tells them apart.
 */
export function dropLazyCss(): AstroIntegration {
  return {
    name: 'drop-lazy-css',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        for (const file of await htmlFiles(dir)) {
          const html = await readFile(file, 'utf8');
          const trimmed = html.replace(stylesheetLink, '');
          if (trimmed !== html) await writeFile(file, trimmed);
        }
      },
    },
  };
}
