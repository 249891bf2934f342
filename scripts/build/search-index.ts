// Writes <language>/search.json into the built site: the pages' texts by heading, and the dialog's words. Reads the pages as
// built, so that what is found is what stands there, addresses included. Knows nothing of how it is searched.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { htmlToHast } from 'satteri';
import type { HastNode } from 'satteri';
import type { AstroIntegration } from 'astro';
import type { LocaleFile, Messages } from '../../src/i18n/locale-file.ts';
import type { SearchFile, Section } from '../../src/islands/search/search-index.ts';
import { htmlFiles } from './html-files.ts';

type Element = Extract<HastNode, { type: 'element' }>;

/** Not prose of the page: what is clicked, drawn, or would give a prediction's answer away. */
const leftOut = new Set(['script', 'style', 'svg', 'nav', 'noscript', 'button', 'template', 'details', 'input']);
/** What ends a word even where the markup has no blank. */
const blocks = /^(?:p|li|td|th|tr|dt|dd|div|pre|samp|figcaption|legend|label|h\d|section|br)$/;
/** Words beside others that only styles set apart. */
const apart = new Set<unknown>(['tag', 'note', 'suite', 'options']);

const classesOf = ({ properties }: Element): readonly unknown[] => {
  const { className } = properties as { readonly className?: unknown };
  return Array.isArray(className) ? className : typeof className === 'string' ? className.split(' ') : [];
};

/**
 * The sections of one built page.
 *
 * @param html the whole page
 * @param path below the language's first page, `''` for that page itself
 * @returns nothing for a page that has no running text (`article.prose`)
 */
export function sectionsOf(html: string, path: string): readonly Section[] {
  const article = find(htmlToHast(html), (element) => element.tagName === 'article' && classesOf(element).includes('prose'));
  if (!article) return [];
  const sections: { path: string; page: string; heading: string; text: string }[] = [];
  const open = (heading: string, id: string | undefined): void => {
    const page = sections[0]?.page ?? heading;
    sections.push({ path: id === undefined ? path : `${path}#${id}`, page, heading, text: '' });
  };

  function walk(node: HastNode, anchor: string | undefined): void {
    if (node.type === 'text') {
      const current = sections.at(-1);
      if (current) current.text += node.value;
      return;
    }
    if (node.type !== 'element') {
      if ('children' in node) for (const child of node.children) walk(child as HastNode, anchor);
      return;
    }
    const id = node.properties['id'];
    const own = typeof id === 'string' ? id : undefined;
    if (leftOut.has(node.tagName) || node.properties['dataPrint'] === 'no' || classesOf(node).includes('p-says')) return;
    if (/^h[1-3]$/.test(node.tagName)) {
      open(tidy(textOf(node)), own ?? anchor);
      return;
    }
    // A row of a reference table has an address of its own, and its first cell is what it is about.
    if (node.tagName === 'tr' && own !== undefined) {
      const [head, ...rest] = node.children.filter((child) => child.type === 'element');
      open(tidy(head ? textOf(head) : ''), own);
      for (const cell of rest) walk(cell as HastNode, undefined);
      return;
    }
    const current = sections.at(-1);
    const alone = blocks.test(node.tagName) || classesOf(node).some((name) => apart.has(name));
    if (current && alone) current.text += ' ';
    for (const child of node.children) walk(child as HastNode, node.tagName === 'section' ? (own ?? anchor) : anchor);
    if (current && alone) current.text += ' ';
  }

  walk(article, undefined);
  return sections.map((section) => ({ ...section, text: tidy(section.text) }));
}

function find(node: HastNode, wanted: (element: Element) => boolean): Element | undefined {
  if (node.type === 'element' && wanted(node)) return node;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = find(child as HastNode, wanted);
    if (found) return found;
  }
  return undefined;
}

function textOf(node: HastNode): string {
  if (node.type === 'text') return node.value;
  return 'children' in node
    ? node.children.map((child) => textOf(child as HastNode)).join(node.type === 'element' && node.tagName === 'h2' ? ' ' : '')
    : '';
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const localeOf = (code: string): LocaleFile =>
  JSON.parse(readFileSync(new URL(`../../content/locales/${code}.json`, import.meta.url), 'utf8')) as LocaleFile;

/** The dialog's messages of a language, where it lacks one in its fallback's or the source's words. */
function wordsFor(code: string, source: string): Messages {
  const own = localeOf(code);
  const tables = [localeOf(source), ...(own.fallback ? [localeOf(own.fallback)] : []), own].map(({ messages }) => messages);
  return Object.fromEntries(tables.flatMap((table) => Object.entries(table).filter(([key]) => key.startsWith('search.'))));
}

/** @param locales codes of all languages, the source language first */
export function searchIndex(locales: readonly string[]): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const pages = (await htmlFiles(dir)).map((file) => relative(root, file).split(sep).join('/'));
        for (const code of locales) {
          const sections = pages
            .filter((page) => page.startsWith(`${code}/`))
            .flatMap((page) => sectionsOf(readFileSync(join(root, page), 'utf8'), page.slice(code.length + 1).replace(/index\.html$/, '')));
          if (sections.length === 0) throw new Error(`no page of ${code} has text to search`);
          const file: SearchFile = { tag: localeOf(code).tag, words: wordsFor(code, locales[0] ?? code), sections };
          writeFileSync(join(root, code, 'search.json'), JSON.stringify(file));
          logger.info(`${code}/search.json: ${String(sections.length)} sections`);
        }
      },
    },
  };
}
