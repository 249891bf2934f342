/**
 * Everything that this browser keeps of the course as one file, and back. Knows the storage keys by their common
 * beginning, not what any of them means.
 */

const prefix = 'namespace-lab:';
const format = 'namespace-lab';

/** The text of the file to keep. */
export function exportWork(): string {
  const entries = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .sort()
    .map((key) => [key, localStorage.getItem(key)]);
  return `${JSON.stringify({ format, version: 1, entries: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

/**
 * Takes a kept file over; what is there of the same lessons is replaced.
 *
 * @returns the way to undo it, or `undefined` when the text is no such file (then nothing has changed)
 */
export function importWork(text: string): (() => void) | undefined {
  const entries = parse(text);
  if (!entries) return undefined;
  const before = Object.keys(entries).map((key) => [key, localStorage.getItem(key)] as const);
  for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  return () => {
    for (const [key, value] of before) {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    }
  };
}

/** Forgets everything; the result brings it back. */
export function eraseWork(): () => void {
  const kept = exportWork();
  for (const key of Object.keys(parse(kept) ?? {})) localStorage.removeItem(key);
  return () => {
    importWork(kept);
  };
}

function parse(text: string): { readonly [key: string]: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { format: found, version, entries } = value as { readonly [key: string]: unknown };
    if (found !== format || version !== 1 || typeof entries !== 'object' || entries === null) return undefined;
    return Object.fromEntries(
      Object.entries(entries).filter((entry): entry is [string, string] => entry[0].startsWith(prefix) && typeof entry[1] === 'string'),
    );
  } catch {
    return undefined;
  }
}
