// Carries work out of the page and in again: as a link, as a script for one's own cluster, as a report of a problem. Nothing
// is sent anywhere: texts go to the clipboard.
import { version } from '../../../package.json';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench } from '../../lab/bench-contract.ts';
import { isWorld, readSharedWork, writeSharedWork } from '../../lab/shared-work.ts';
import type { SharedFile } from '../../lab/shared-work.ts';
import { sharedWorldOf, storyOfShared } from '../../lab/shared-story.ts';
import type { Story } from '../../lab/story.ts';
import { ownClusterScript } from './own-cluster.ts';

export type ShareKind = 'link' | 'script' | 'report';

export interface Shareable {
  readonly bench: Bench;
  /** The file in the editor. */
  readonly open: SharedFile;
}

export interface Handout {
  readonly text: string;
  /** The link had no room for what was done. */
  readonly fileOnly?: boolean;
}

/** The text to hand on. */
export async function shareText(how: ShareKind, { bench, open }: Shareable): Promise<Handout> {
  const story = bench.story();
  if (how === 'script') return { text: ownClusterScript({ ...open, commands: bench.ownClusterCommands() }) };
  const link = await linkTo(story, story.now, open);
  return how === 'link' ? link : { text: report(story, link.text) };
}

/** A link to a moment of a world's course; with the manifest alone where all of it would be too long for an address. */
export async function linkTo(story: Story, at: number, open: SharedFile): Promise<Handout> {
  const page = `${location.origin}${location.pathname}`;
  const whole = story.fullSince === undefined || at < story.fullSince ? await writeSharedWork(sharedWorldOf(story, at, open)) : undefined;
  if (whole !== undefined) return { text: `${page}#${whole}` };
  const file = await writeSharedWork({ file: open.file, text: open.text });
  return { text: file === undefined ? page : `${page}#${file}`, fileOnly: true };
}

/** Puts a text on the clipboard; tells how that went, with the text itself where the browser forbids it. */
export async function handOver(t: Translate, { text, fileOnly }: Handout): Promise<string> {
  const told = fileOnly ? t('share.tooLong') : '';
  try {
    await navigator.clipboard.writeText(text);
    return `${t('share.copied')} ${told}`.trim();
  } catch {
    return `${t('share.failed')} ${told}\n${text}`;
  }
}

export interface BroughtWork extends SharedFile {
  /** Absent where the link carries a manifest alone. */
  readonly story?: Story;
  readonly at: number;
}

/** What a fragment brings to this page's lesson; undefined when it cannot be read or belongs to another. */
export async function readSharedStory(fragment: string, bench: Bench): Promise<BroughtWork | undefined> {
  const shared = await readSharedWork(fragment);
  if (!shared) return undefined;
  if (!isWorld(shared)) return { ...shared, at: 0 };
  const own = bench.story();
  if (shared.lessonId !== own.lessonId) return undefined;
  return { file: shared.file, text: shared.text, at: shared.at, story: storyOfShared(shared, own) };
}

function report({ lessonId, recipe, now }: Story, link: string): string {
  return [
    `Namespace Lab ${version}`,
    `lesson: ${lessonId}`,
    `seed: ${recipe.seed}`,
    `epoch: ${recipe.epoch ?? ''}`,
    `moment: ${(now / 1000).toFixed(3)} s`,
    `language: ${document.documentElement.lang}`,
    `browser: ${navigator.userAgent}`,
    link,
    '',
  ].join('\n');
}
