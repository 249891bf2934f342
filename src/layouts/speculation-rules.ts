/**
 * The rules by which a browser prepares a page: the next lesson as soon as its link is approached (on phones: seen), any other
 * while the reader's pointer rests on its link. The page's policy names their hash, so they have one wording for all pages.
 *
 * @param everywhere pattern of the site's own addresses, such as `/*`
 */
export function speculationRules(everywhere: string): string {
  return JSON.stringify({
    prerender: [
      { where: { selector_matches: '[rel=next]' }, eagerness: 'eager' },
      { where: { href_matches: everywhere }, eagerness: 'moderate' },
    ],
  });
}
