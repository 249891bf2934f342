// Takes down that a translation says what its source says now, or that a change of a source keeps its meaning.
import { existsSync } from 'node:fs';
import { compareBlocks } from './compare.ts';
import type { TextParts } from './blocks.ts';
import { partsOfFile, readMessages, readRecord, readSame, sourceLanguage, sourceOf, writeMessageRecord, writeRecord, writeSame } from './files.ts';

/**
 * Accepts a translation as made from the source as it is.
 *
 * @param file a translation, or a language's messages
 * @param only places as `i18n:status` and `i18n:diff` name them (`title`, `block 7`); all when empty
 * @throws when the translation has not the source's blocks, in their order and of their kinds
 */
export function accept(file: string, only: readonly string[] = []): void {
  const messages = /^(.*)\/locales\/([\w-]+)\.json$/.exec(file);
  if (messages) {
    const [, content = '', language = ''] = messages;
    const source = readMessages(content, sourceLanguage);
    const own = readMessages(content, language);
    const record = Object.fromEntries([...source].filter(([key]) => own.has(key)).map(([key, { hash }]) => [key, hash]));
    writeMessageRecord(content, language, record);
    return;
  }
  const sourceFile = sourceOf(file);
  if (!existsSync(sourceFile)) throw new Error(`${file}: there is no ${sourceFile} that it could be made from`);
  const source = partsOfFile(sourceFile);
  const own = partsOfFile(file);
  const difference = differenceOf(source, own);
  if (difference !== undefined) throw new Error(`${file}: ${difference}`);
  const before = readRecord(file);
  const takes = (place: string): boolean => only.length === 0 || only.includes(place);
  if (only.length > 0 && before.blocks.length !== source.blocks.length)
    throw new Error(`${file}: blocks were added or removed; accept the whole file`);
  const states = compareBlocks(
    before.blocks,
    source.blocks.map(({ hash }) => hash),
    readSame(sourceFile),
  );
  writeRecord(file, {
    fields: Object.fromEntries(
      [...source.fields].flatMap(([path, { hash }]) => {
        const recorded = takes(path) ? hash : before.fields[path];
        return recorded === undefined ? [] : [[path, recorded]];
      }),
    ),
    blocks: source.blocks.map(({ hash }, at) => {
      const state = states.find((each) => each.kind !== 'missing' && each.at === at);
      return takes(`block ${String(at + 1)}`) || state?.kind === 'fresh' ? hash : (before.blocks[at] ?? hash);
    }),
  });
}

/** In what the translation's structure differs from the source's, in words for a translator. */
function differenceOf(source: TextParts, own: TextParts): string | undefined {
  const lacking = [...source.fields.keys()].filter((path) => !own.fields.has(path));
  if (lacking.length > 0) return `lacks ${lacking.join(', ')}`;
  const at = source.blocks.findIndex(({ kind }, index) => own.blocks[index]?.kind !== kind);
  const theirs = source.blocks[at];
  if (theirs) return `block ${String(at + 1)} should be a ${theirs.kind}, as in the source: ${theirs.text.split('\n')[0] ?? ''}`;
  const more = own.blocks[source.blocks.length];
  return more && `block ${String(source.blocks.length + 1)} has no counterpart in the source: ${more.text.split('\n')[0] ?? ''}`;
}

/**
 * Notes that what changed in a source text between `old` and now keeps its meaning, so that no translation becomes stale by
 * it. A translation that was stale before stays so.
 *
 * @param old the source's parts before the change
 * @returns how many changes were noted
 */
export function keepMeaning(sourceFile: string, old: TextParts): number {
  const now = partsOfFile(sourceFile);
  const known = readSame(sourceFile);
  const added: Record<string, string> = {};
  for (const [path, { hash }] of now.fields) {
    const earlier = old.fields.get(path)?.hash;
    if (earlier !== undefined && earlier !== hash) added[hash] = earlier;
  }
  const states = compareBlocks(
    old.blocks.map(({ hash }) => hash),
    now.blocks.map(({ hash }) => hash),
    known,
  );
  for (const state of states) {
    if (state.kind !== 'changed') continue;
    const [hash, earlier] = [now.blocks[state.source]?.hash, old.blocks[state.at]?.hash];
    if (hash !== undefined && earlier !== undefined) added[hash] = earlier;
  }
  if (Object.keys(added).length > 0) writeSame(sourceFile, { ...known, ...added });
  return Object.keys(added).length;
}
