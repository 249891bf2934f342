/** Values as JSON has them, and reading them without knowing their type. */
export type Plain = unknown;

export interface PlainMap {
  readonly [key: string]: Plain;
}

export function isMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** A field of what may be an object; undefined otherwise. */
export function fieldOf(value: Plain, ...path: readonly string[]): Plain {
  let found = value;
  for (const key of path) found = isMap(found) ? found[key] : undefined;
  return found;
}

/** The text at a path, empty when it is absent or no text. */
export function textAt(value: Plain, ...path: readonly string[]): string {
  const found = fieldOf(value, ...path);
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
}

/** The number at a path, 0 when absent. */
export function numberAt(value: Plain, ...path: readonly string[]): number {
  const found = fieldOf(value, ...path);
  return typeof found === 'number' ? found : 0;
}

/** The list at a path, empty when absent. */
export function listAt(value: Plain, ...path: readonly string[]): readonly Plain[] {
  const found = fieldOf(value, ...path);
  return isList(found) ? found : [];
}

/** The map at a path, empty when absent. */
export function mapAt(value: Plain, ...path: readonly string[]): PlainMap {
  const found = fieldOf(value, ...path);
  return isMap(found) ? found : {};
}

/** Entries that are there, sorted by key as Go's encoders write maps. */
export function sortedEntries(value: PlainMap): readonly (readonly [string, Plain])[] {
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
