// Runs in the page at the root of the site and leads on to the reader's language.
import { preferredLocale } from './preferred-locale.ts';

/** Where the language picker remembers the reader's choice. */
export const localeStorageKey = 'namespace-lab:locale';

/** Replaces the root page by the page in the reader's language; keeps query and fragment. */
export function openPreferredLocale(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-locale]')];
  const locale = preferredLocale(
    links.map((link) => link.dataset['locale'] ?? ''),
    rememberedLocale(),
    navigator.languages,
  );
  const target = links.find((link) => link.dataset['locale'] === locale);
  if (target) location.replace(target.href + location.search + location.hash);
}

function rememberedLocale(): string | null {
  try {
    return localStorage.getItem(localeStorageKey);
  } catch {
    // Storage can be forbidden altogether; then the browser's languages decide.
    return null;
  }
}
