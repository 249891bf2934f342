// The search dialog: a field, and below it a list that the arrow keys go through (ARIA's combobox with a list box).
// Opened by search-button.ts, which loads it first; knows neither pages nor how results are found.
import { render } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { createTranslate } from '../../i18n/create-translate.ts';
import { createSearch } from './search-index.ts';
import type { Piece, Result, Search, SearchFile } from './search-index.ts';
import './search.lazy.css';

let opened: HTMLDialogElement | undefined;

/**
 * Opens the search; a second call brings the open dialog forward.
 *
 * @param root address of the language's first page
 * @throws when the index cannot be fetched, after which it can be tried again
 */
export async function openSearch(root: string): Promise<void> {
  if (!opened) {
    const response = await fetch(`${root}search.json`);
    if (!response.ok) throw new Error(`search.json: ${String(response.status)}`);
    const file = (await response.json()) as SearchFile;
    opened = Object.assign(document.createElement('dialog'), { className: 'search' });
    opened.setAttribute('aria-label', createTranslate(file.tag, [file.words])('search.label'));
    document.body.append(opened);
    render(<SearchPanel root={root} file={file} dialog={opened} search={createSearch(file.sections)} />, opened);
  }
  if (!opened.open) opened.showModal();
  const field = opened.querySelector('input');
  field?.focus();
  field?.select();
}

interface PanelProps {
  readonly root: string;
  readonly file: SearchFile;
  readonly dialog: HTMLDialogElement;
  readonly search: Search;
}

function SearchPanel({ root, file: { tag, words }, dialog, search }: PanelProps) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listRef = useRef<HTMLUListElement>(null);
  const id = useId();
  const results = search(query);
  const asked = query.trim() !== '';
  const t = useMemo(() => createTranslate(tag, [words]), [tag, words]);

  const ask = (text: string): void => {
    setQuery(text);
    setAt(0);
  };
  const follow = (result: Result | undefined): void => {
    if (!result) return;
    dialog.close();
    location.assign(root + result.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || results.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + results.length) % results.length);
    else if (event.key === 'Enter') follow(results[at]);
    else return;
    event.preventDefault();
  };
  useEffect(() => listRef.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at, query]);

  return (
    // A click beside the panel falls on the dialog itself.
    <div class="search-panel">
      <div class="search-head">
        <input
          type="search"
          role="combobox"
          aria-label={t('search.label')}
          aria-controls={`${id}list`}
          aria-expanded={results.length > 0}
          aria-autocomplete="list"
          aria-activedescendant={results.length > 0 ? `${id}${String(at)}` : undefined}
          placeholder={t('search.placeholder')}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="go"
          value={query}
          onInput={(event) => ask(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" class="quiet" onClick={() => dialog.close()}>
          {t('search.close')}
        </button>
      </div>
      {!asked && (
        <p class="search-try">
          {t('search.try')}
          {t('search.examples')
            .split('|')
            .map((example) => (
              <button type="button" class="quiet" onClick={() => ask(example)}>
                {example}
              </button>
            ))}
        </p>
      )}
      <ul class="search-list" role="listbox" aria-label={t('search.results')} id={`${id}list`} ref={listRef} hidden={results.length === 0}>
        {results.map((result, index) => (
          <li
            role="option"
            id={`${id}${String(index)}`}
            key={result.path}
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onClick={() => follow(result)}
          >
            {result.page !== result.title && <span class="search-where">{result.page}</span>}
            <span class="search-heading">
              <Pieces pieces={result.heading} />
            </span>
            <span class="search-text">
              <Pieces pieces={result.excerpt} />
            </span>
          </li>
        ))}
      </ul>
      <p class="search-note" role="status">
        {asked && (results.length > 0 ? t('search.count', { count: results.length }) : t('search.none', { query: query.trim() }))}
      </p>
      {asked && results.length === 0 && (
        <p class="search-try">
          <a href={`${root}glossary/`}>{t('search.glossary')}</a>
          <a href={`${root}reference/`}>{t('search.reference')}</a>
        </p>
      )}
    </div>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return <>{pieces.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>;
}
