/**
 * Keeps what a learner wrote and solved in this browser, per lesson and independent of the language; here stands what
 * happens when two tabs write, when there is no room, and when what is stored cannot be read. Knows neither what the
 * files mean nor who shows them.
 */
import { dropKeptCourses } from './course-room.ts';
import { filesBeside, nothingSaved, parseSavedLesson, type SavedLesson } from './saved-work-format.ts';

/**
 * `full`: the browser gives no more room. `unavailable`: it gives none at all, as in some private windows. `elsewhere`:
 * another tab wrote since this one last read; both texts are kept, this tab's as a copy, until somebody chooses.
 */
export type StoreResult = 'saved' | 'full' | 'unavailable' | 'elsewhere';

const prefix = 'namespace-lab:lesson:';
/** What could not be read is put aside here, never thrown away. */
const damagedPrefix = 'namespace-lab:damaged:';

/** This page's name among the tabs, and a number for each of its writes. */
const tab = Math.random().toString(36).slice(2, 6);
let writes = 0;
/** The state of each lesson's files that this page knows of. */
const knownStamps = new Map<string, string>();

/** What is kept of a lesson; nothing at all when there is none, or when it cannot be read (then it is put aside). */
export function readSavedLesson(lessonId: string): SavedLesson {
  const saved = stored(lessonId);
  if (!knownStamps.has(lessonId)) knownStamps.set(lessonId, saved.stamp);
  return saved;
}

/** Changes what is kept of a lesson; what `change` does not name stays. */
export function writeSavedLesson(lessonId: string, change: Partial<Pick<SavedLesson, 'files' | 'solved' | 'predictions'>>): StoreResult {
  const there = readSavedLesson(lessonId);
  if (!change.files) return put(lessonId, { ...there, ...change });
  if (there.stamp !== knownStamps.get(lessonId)) {
    const result = put(lessonId, { ...there, ...change, files: withOwnCopies(there.files, change.files) });
    return result === 'saved' ? 'elsewhere' : result;
  }
  const stamp = `${tab}:${writes++}`;
  const result = put(lessonId, { ...there, ...change, stamp });
  if (result === 'saved') knownStamps.set(lessonId, stamp);
  return result;
}

/** From now on this page writes over what another tab wrote. @returns what is stored */
export function takeOverLesson(lessonId: string): SavedLesson {
  const saved = stored(lessonId);
  knownStamps.set(lessonId, saved.stamp);
  return saved;
}

/** Whether another tab has written since this page last read. */
export function isWrittenElsewhere(lessonId: string): boolean {
  const known = knownStamps.get(lessonId);
  return known !== undefined && stored(lessonId).stamp !== known;
}

/** This page's texts beside those of another tab, for whoever wants to keep both. */
export function filesOfBoth(lessonId: string, own: SavedLesson['files']): SavedLesson['files'] {
  return filesBeside(own, stored(lessonId).files, 'other');
}

/** A lesson that was renamed keeps what was written under its former names; what is there already wins. */
export function takeOverFormer(lessonId: string, formerly: readonly string[]): void {
  for (const former of formerly) {
    const old = read(prefix + former);
    if (old === null || read(prefix + lessonId) !== null) continue;
    try {
      localStorage.setItem(prefix + lessonId, old);
      localStorage.removeItem(prefix + former);
    } catch {
      // No room for both at once: the old one stays where it is until there is.
    }
  }
}

/** Forgets a lesson. @returns the way back */
export function removeSavedLesson(lessonId: string): () => void {
  const before = read(prefix + lessonId);
  try {
    localStorage.removeItem(prefix + lessonId);
  } catch {
    // Where nothing can be kept, there is nothing to forget.
  }
  knownStamps.delete(lessonId);
  return () => {
    if (before !== null) localStorage.setItem(prefix + lessonId, before);
    knownStamps.delete(lessonId);
  };
}

/** Whether something of this lesson was put aside because it could not be read. */
export function hasDamaged(lessonId: string): boolean {
  return read(damagedPrefix + lessonId) !== null;
}

/** Calls back when another tab of this browser changed the same lesson's files; returns the way to stop. */
export function watchSavedLesson(lessonId: string, changed: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === prefix + lessonId && isWrittenElsewhere(lessonId)) changed();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}

/** Earlier copies of this page give way to the present one. */
function withOwnCopies(there: SavedLesson['files'], own: SavedLesson['files']): SavedLesson['files'] {
  const others = Object.fromEntries(Object.entries(there).filter(([name]) => !name.includes(`-copy-${tab}`)));
  return filesBeside(others, Object.fromEntries(Object.entries(own).filter(([name]) => !name.includes('-copy-'))), tab);
}

function stored(lessonId: string): SavedLesson {
  const text = read(prefix + lessonId);
  if (text === null) return nothingSaved;
  const saved = parseSavedLesson(text);
  if (saved) return saved;
  put(lessonId, text, damagedPrefix);
  return nothingSaved;
}

function put(lessonId: string, value: SavedLesson | string, before = prefix): StoreResult {
  try {
    localStorage.setItem(before + lessonId, typeof value === 'string' ? value : JSON.stringify(value));
    return 'saved';
  } catch (error) {
    // A cluster can be made anew, a text cannot.
    if (dropKeptCourses()) return put(lessonId, value, before);
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable';
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
