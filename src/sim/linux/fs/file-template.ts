/** Immutable trees of files, shared by everything that starts from them: images, root file systems of machines. Plain data. */
import type { DeviceNumber } from './node.ts';

interface Common {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Unix milliseconds. */
  readonly modified: number;
}

export type FileTemplate =
  | (Common & { readonly kind: 'directory'; readonly children: ReadonlyMap<string, FileTemplate> })
  | (Common & { readonly kind: 'file'; readonly text: string; /** Shown size in bytes, when it is not the text's. */ readonly size?: number })
  | (Common & { readonly kind: 'symlink'; readonly target: string })
  | (Common & { readonly kind: 'character-device' | 'block-device'; readonly device: DeviceNumber });

export type DirectoryTemplate = Extract<FileTemplate, { readonly kind: 'directory' }>;

/** First characters of an executable's content; what follows names its program. */
const MAGIC = '\u007fELF\u0002\u0001\u0001\u0000';
const PROGRAM = 'program:';
const MULTI_CALL = 'multi-call:';

/** Content of an executable that runs the program `id` of the ProgramTable. */
export function programImage(id: string): string {
  return `${MAGIC}${PROGRAM}${id}\n`;
}

/** Content of an executable whose behaviour depends on the name it is called by, such as busybox. */
export function multiCallImage(suite: string): string {
  return `${MAGIC}${MULTI_CALL}${suite}\n`;
}

/** What an executable's content says about itself. */
export function readImage(
  text: string,
): { readonly kind: 'program'; readonly id: string } | { readonly kind: 'multi-call'; readonly suite: string } | undefined {
  if (!text.startsWith(MAGIC)) return undefined;
  const rest = text.slice(MAGIC.length).trimEnd();
  if (rest.startsWith(PROGRAM)) return { kind: 'program', id: rest.slice(PROGRAM.length) };
  if (rest.startsWith(MULTI_CALL)) return { kind: 'multi-call', suite: rest.slice(MULTI_CALL.length) };
  return undefined;
}

/** What a tree is written down as: path → entry. Directories on the way appear by themselves. */
export type FileList = Readonly<Record<string, FileEntry>>;

interface Attributes {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export type FileEntry =
  | string
  | (Attributes & { readonly text: string })
  | (Attributes & { readonly program: string; readonly size?: number })
  | (Attributes & { readonly multiCall: string; readonly size?: number })
  | (Attributes & { readonly link: string })
  | (Attributes & { readonly directory: true });

/** tar --mtime of the images that were recorded. */
const BUILT = 1_700_000_000_000;

interface Draft {
  mode: number;
  uid: number;
  gid: number;
  readonly children: Map<string, Draft | FileTemplate>;
}

function draft(): Draft {
  return { mode: 0o755, uid: 0, gid: 0, children: new Map() };
}

function draftOf(directory: DirectoryTemplate): Draft {
  return { mode: directory.mode, uid: directory.uid, gid: directory.gid, children: new Map(directory.children) };
}

function isDraft(entry: Draft | FileTemplate): entry is Draft {
  return !('kind' in entry);
}

function finish(directory: Draft, modified: number): DirectoryTemplate {
  const children = new Map<string, FileTemplate>();
  for (const [name, entry] of directory.children) children.set(name, isDraft(entry) ? finish(entry, modified) : entry);
  return { kind: 'directory', mode: directory.mode, uid: directory.uid, gid: directory.gid, modified, children };
}

function leaf(entry: FileEntry, modified: number): FileTemplate {
  if (typeof entry === 'string') return { kind: 'file', mode: 0o644, uid: 0, gid: 0, modified, text: entry };
  const common = { uid: entry.uid ?? 0, gid: entry.gid ?? 0, modified };
  if ('link' in entry) return { kind: 'symlink', mode: 0o777, ...common, target: entry.link };
  if ('text' in entry) return { kind: 'file', mode: entry.mode ?? 0o644, ...common, text: entry.text };
  if ('program' in entry)
    return { kind: 'file', mode: entry.mode ?? 0o755, ...common, text: programImage(entry.program), size: entry.size ?? 151_344 };
  if ('multiCall' in entry)
    return { kind: 'file', mode: entry.mode ?? 0o755, ...common, text: multiCallImage(entry.multiCall), size: entry.size ?? 2_306_136 };
  throw new Error('a directory is no leaf');
}

/**
 * Builds a tree from a list of absolute paths.
 * @param modified time of all entries, Unix milliseconds
 */
export function fileTemplate(list: FileList, modified = BUILT): DirectoryTemplate {
  return extendTemplate({ kind: 'directory', mode: 0o755, uid: 0, gid: 0, modified, children: new Map() }, list, modified);
}

/** A tree with further (or other) entries; what they do not touch is shared with `base`. */
export function extendTemplate(base: DirectoryTemplate, list: FileList, modified = BUILT): DirectoryTemplate {
  const root = draftOf(base);
  for (const [path, entry] of Object.entries(list)) {
    const names = path.split('/').filter((name) => name !== '');
    const isDirectory = typeof entry !== 'string' && 'directory' in entry;
    let at = root;
    const last = isDirectory ? undefined : names.pop();
    for (const name of names) {
      let next = at.children.get(name);
      if (!next || !isDraft(next)) at.children.set(name, (next = next?.kind === 'directory' ? draftOf(next) : draft()));
      at = next;
    }
    if (isDirectory) {
      at.mode = entry.mode ?? 0o755;
      at.uid = entry.uid ?? 0;
      at.gid = entry.gid ?? 0;
    } else if (last !== undefined) at.children.set(last, leaf(entry, modified));
  }
  return finish(root, modified);
}
