/**
 * The stored form of what is kept of a lesson: reading it from every version there ever was, and joining two of them so
 * that nobody's text is lost. Pure; knows no storage.
 */

/** Everything kept about one lesson. */
export interface SavedLesson {
  readonly version: 2;
  /** Texts by file name; only files that differ from what the lesson brings. */
  readonly files: { readonly [name: string]: string };
  /** Changes with every write of `files`: tells whether somebody else wrote meanwhile. Empty: nobody ever did. */
  readonly stamp: string;
  readonly solved: boolean;
  /** The prediction given, by the prediction's id. */
  readonly predictions: { readonly [id: string]: readonly string[] };
}

export const nothingSaved: SavedLesson = { version: 2, files: {}, stamp: '', solved: false, predictions: {} };

/**
 * Reads the stored form. Version 1 had no stamp.
 * @returns undefined when it is damaged or of a version that this page does not know
 */
export function parseSavedLesson(stored: string): SavedLesson | undefined {
  try {
    const value: unknown = JSON.parse(stored);
    if (!isRecord(value) || (value['version'] !== 1 && value['version'] !== 2)) return undefined;
    const files = isRecord(value['files']) ? value['files'] : {};
    const predictions = isRecord(value['predictions']) ? value['predictions'] : {};
    return {
      version: 2,
      files: Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
      stamp: typeof value['stamp'] === 'string' ? value['stamp'] : '',
      solved: value['solved'] === true,
      predictions: Object.fromEntries(
        Object.entries(predictions).flatMap(([id, lines]) =>
          Array.isArray(lines) ? [[id, lines.filter((line): line is string => typeof line === 'string')]] : [],
        ),
      ),
    };
  } catch {
    return undefined;
  }
}

/** `pod.yaml` → `pod-copy-x1.yaml` */
export function copyName(name: string, mark: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}-copy-${mark}${name.slice(dot)}` : `${name}-copy-${mark}`;
}

/** Adds files; one that is there with another text stays, and the new one lies beside it as a copy. */
export function filesBeside(own: SavedLesson['files'], more: SavedLesson['files'], mark: string): SavedLesson['files'] {
  const all = new Map(Object.entries(own));
  for (const [name, text] of Object.entries(more)) {
    const there = all.get(name);
    if (there !== text) all.set(there === undefined ? name : copyName(name, mark), text);
  }
  return Object.fromEntries(all);
}

/** What somebody brought joins what is there: the brought files win their names, one's own differing ones become copies. */
export function joinLessons(own: SavedLesson, brought: SavedLesson, mark: string): SavedLesson {
  return {
    ...brought,
    files: filesBeside(brought.files, own.files, mark),
    solved: own.solved || brought.solved,
    predictions: { ...own.predictions, ...brought.predictions },
  };
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
