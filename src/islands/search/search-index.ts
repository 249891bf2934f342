// The search itself: sections of the course's pages in, ranked results with the words around the hit out. The index is
// made in the page when search is first opened (some hundred sections, a few milliseconds), so only texts travel.
import MiniSearch from 'minisearch';
import type { Messages } from '../../i18n/locale-file.ts';
import { termsOfQuery, termsOfText } from './search-terms.ts';

/** A stretch of a page under one heading. */
export interface Section {
  /** Below the language's first page, such as `network/node-ports/#没有人在监听`. */
  readonly path: string;
  /** The page's title. */
  readonly page: string;
  /** The heading; the page's title for what stands before the first one. */
  readonly heading: string;
  readonly text: string;
}

/** What the built site's `search.json` holds for one language. */
export interface SearchFile {
  readonly tag: string;
  /** The dialog's words, by message key. */
  readonly words: Messages;
  readonly sections: readonly Section[];
}

/** A piece of text, and whether it is what was asked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

export interface Result {
  readonly path: string;
  readonly page: string;
  readonly title: string;
  /** The title in pieces. */
  readonly heading: readonly Piece[];
  /** The text around the first hit, or the section's beginning. */
  readonly excerpt: readonly Piece[];
}

export type Search = (query: string) => readonly Result[];

const mostResults = 12;
/** Results of one page; more of them would hide the other pages. */
const mostPerPage = 4;
const before = 24;
const excerptLength = 110;

/**
 * Makes the search over one language's sections.
 *
 * @returns a function from a query, as typed so far, to results, best first; empty for a query without words
 */
export function createSearch(sections: readonly Section[]): Search {
  const index = new MiniSearch<Section & { id: number }>({
    fields: ['heading', 'page', 'text'],
    tokenize: termsOfText,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: termsOfQuery,
      boost: { heading: 4, page: 1.5 },
      prefix: true,
      // One slip in words of five letters and more; pairs of Han characters are exact.
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  index.addAll(sections.map((section, id) => ({ id, ...section })));

  return (query) => {
    const all = index.search(query, { combineWith: 'AND' });
    const found = all.length > 0 ? all : index.search(query);
    const perPage = new Map<string, number>();
    const results: Result[] = [];
    for (const { id, terms } of found) {
      const section = sections[id as number];
      if (!section || results.length === mostResults) continue;
      const count = (perPage.get(section.page) ?? 0) + 1;
      perPage.set(section.page, count);
      if (count > mostPerPage) continue;
      results.push({
        path: section.path,
        page: section.page,
        title: section.heading,
        heading: marked(section.heading, terms),
        excerpt: excerptOf(section.text, terms),
      });
    }
    return results;
  };
}

/** The text in pieces, with every place where one of the terms stands told apart. */
function marked(text: string, terms: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { start, end } of placesOf(text, terms)) {
    if (start > done) pieces.push({ text: text.slice(done, start), hit: false });
    if (end > done) pieces.push({ text: text.slice(Math.max(start, done), end), hit: true });
    done = Math.max(done, end);
  }
  if (done < text.length) pieces.push({ text: text.slice(done), hit: false });
  return pieces;
}

function excerptOf(text: string, terms: readonly string[]): readonly Piece[] {
  const first = placesOf(text, terms)[0]?.start ?? 0;
  let start = Math.max(0, first - before);
  // A Latin word is not cut; Han characters stand for themselves.
  while (start > 0 && /[\w.-]/.test(text[start - 1] ?? '') && /[\w.-]/.test(text[start] ?? '')) start -= 1;
  let end = Math.min(text.length, start + excerptLength);
  while (end < text.length && /[\w.-]/.test(text[end - 1] ?? '') && /[\w.-]/.test(text[end] ?? '')) end += 1;
  return marked(`${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`, terms);
}

/** Where the terms stand, in order; overlapping places are joined. */
function placesOf(text: string, terms: readonly string[]): readonly { readonly start: number; readonly end: number }[] {
  const lower = text.toLowerCase();
  const places: { start: number; end: number }[] = [];
  for (const term of terms) {
    for (let at = lower.indexOf(term); at >= 0; at = lower.indexOf(term, at + 1)) places.push({ start: at, end: at + term.length });
  }
  places.sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const place of places) {
    const last = joined.at(-1);
    if (last && place.start <= last.end) last.end = Math.max(last.end, place.end);
    else joined.push({ ...place });
  }
  return joined;
}
