// Fetches Monaco with its own words in the page's language, and the descriptions of the taught fields.
import { loadMessages } from '../../i18n/load-messages.ts';
import type { RichEditor } from './rich-editor.ts';

type Open = (place: { readonly host: HTMLElement; readonly tag: string; readonly label: string }) => RichEditor;

/** Monaco's own translations, by our locale; it must be there before Monaco is. */
const translations: { readonly [locale: string]: () => Promise<unknown> } = {
  zh: () => import('monaco-editor/nls/lang/zh-cn'),
};

/** Resolves with the way to open an editor, once everything it needs is there. */
export async function loadRichEditor(locale: string): Promise<Open> {
  await translations[locale]?.();
  const [{ openRichEditor }, messages] = await Promise.all([import('./rich-editor.ts'), loadMessages(locale)]);
  return (place) => openRichEditor({ ...place, messages });
}
