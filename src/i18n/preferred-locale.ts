// Decides which language a reader gets at the root of the site. Knows no DOM and no storage.

/**
 * The locale to open.
 *
 * @param available locale codes, the source locale first
 * @param chosen the locale the reader picked earlier, if any
 * @param accepted the browser's languages in order of preference, e.g. `['zh-TW', 'en']`
 * @returns the earlier choice; else the first accepted language that exists; else the source locale,
 *   which is what the course is written in
 */
export function preferredLocale(available: readonly string[], chosen: string | null, accepted: readonly string[]): string {
  if (chosen !== null && available.includes(chosen)) return chosen;
  for (const tag of accepted) {
    const lower = tag.toLowerCase();
    const match =
      available.find((locale) => locale.toLowerCase() === lower) ?? available.find((locale) => lower.split('-')[0] === locale.toLowerCase());
    if (match !== undefined) return match;
  }
  return available.includes('en') && accepted.length > 0 ? 'en' : (available[0] ?? 'zh');
}
