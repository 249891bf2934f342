/** `--overrides` of commands that make objects, of its default type `merge` (kubectl pkg/cmd/util/override_options.go, v0.37). Pure. */
import { Failure } from '../failure.ts';

/** The object with the changes of `text`, which may be empty. Errors: what is no JSON. */
export function withOverrides<T>(object: T, text: string): T {
  if (text === '') return object;
  let change: unknown;
  try {
    change = JSON.parse(text);
  } catch {
    throw new Failure(`Invalid JSON Patch`);
  }
  return mergedWith(object, change) as T;
}

/** RFC 7386. */
function mergedWith(target: unknown, change: unknown): unknown {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change;
  const merged: Record<string, unknown> = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else merged[key] = mergedWith(merged[key], value);
  }
  return merged;
}
