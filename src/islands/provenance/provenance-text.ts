// The words of a mark: where the like of an output was recorded, or that it was not. Also for pages at build time.
import type { Translate } from '../../i18n/create-translate.ts';
import type { Provenance, Source } from '../../lab/provenance/provenance.ts';

/** Sources that a mark names; the explanation names all. */
const NAMED = 2;

export interface MarkText {
  /** Enough where there is little room. */
  readonly short: string;
  /** What follows it where there is more: ` · Kubernetes v1.37.2 · 2026-11-23`. */
  readonly rest: string;
}

export function markText(t: Translate, provenance: Provenance): MarkText {
  if (provenance.kind === 'modelled') return { short: t('recorded.modelled'), rest: '' };
  const { sources } = provenance;
  const names = [...new Set(sources.map(titleOf))];
  const more = names.length > NAMED ? ` +${names.length - NAMED}` : '';
  const latest =
    sources
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? '';
  return { short: t('recorded.same'), rest: ` · ${names.slice(0, NAMED).join(' · ')}${more} · ${latest}` };
}

/** One paragraph: how the output came about, and what was compared. */
export function markReason(t: Translate, provenance: Provenance): string {
  if (provenance.kind === 'recorded') {
    const list = new Intl.ListFormat(t.tag).format(
      provenance.sources.map((source) => t('recorded.source', { title: titleOf(source), date: source.date })),
    );
    return t('recorded.sameWhy', { sources: list });
  }
  const { missing } = provenance;
  return missing === undefined ? t('recorded.modelledWhy') : t('recorded.missingWhy', { command: missing });
}

function titleOf({ name, version }: Source): string {
  return `${name} ${version}`;
}
