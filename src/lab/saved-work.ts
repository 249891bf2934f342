/**
 * Keeps what a learner wrote and solved in this browser, per lesson and independent of the language.
 * Knows neither what the files mean nor who shows them.
 */

/** Everything kept about one lesson. */
export interface SavedLesson {
  readonly version: 1;
  /** Texts by file name; only files that differ from what the lesson brings. */
  readonly files: { readonly [name: string]: string };
  readonly solved: boolean;
  /** The prediction given, by the prediction's id. */
  readonly predictions: { readonly [id: string]: readonly string[] };
}

/** `full`: the browser gives no more room. `unavailable`: it gives none at all, as in some private windows. */
export type StoreResult = 'saved' | 'full' | 'unavailable';

const prefix = 'namespace-lab:lesson:';
const nothing: SavedLesson = { version: 1, files: {}, solved: false, predictions: {} };

/** What is kept of a lesson; nothing at all when there is none, or when it cannot be read. */
export function readSavedLesson(lessonId: string): SavedLesson {
  try {
    return parseSavedLesson(localStorage.getItem(prefix + lessonId));
  } catch {
    return nothing;
  }
}

/** Changes what is kept of a lesson; what `change` does not name stays. */
export function writeSavedLesson(lessonId: string, change: Partial<SavedLesson>): StoreResult {
  const next = JSON.stringify({ ...readSavedLesson(lessonId), ...change });
  try {
    localStorage.setItem(prefix + lessonId, next);
    return 'saved';
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable';
  }
}

/** Forgets a lesson. */
export function removeSavedLesson(lessonId: string): void {
  try {
    localStorage.removeItem(prefix + lessonId);
  } catch {
    // Where nothing can be kept, there is nothing to forget.
  }
}

/** Calls back when another tab of this browser changed the same lesson; returns the way to stop. */
export function watchSavedLesson(lessonId: string, changed: (saved: SavedLesson) => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === prefix + lessonId) changed(parseSavedLesson(event.newValue));
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}

/** Reads the stored form; whatever is damaged or of an unknown version counts as nothing kept. */
export function parseSavedLesson(stored: string | null): SavedLesson {
  if (stored === null) return nothing;
  try {
    const value: unknown = JSON.parse(stored);
    if (!isRecord(value) || value['version'] !== 1) return nothing;
    const files = isRecord(value['files']) ? value['files'] : {};
    const predictions = isRecord(value['predictions']) ? value['predictions'] : {};
    return {
      version: 1,
      files: Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
      solved: value['solved'] === true,
      predictions: Object.fromEntries(
        Object.entries(predictions).flatMap(([id, lines]) =>
          Array.isArray(lines) ? [[id, lines.filter((line): line is string => typeof line === 'string')]] : [],
        ),
      ),
    };
  } catch {
    return nothing;
  }
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
