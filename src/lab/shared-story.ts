/** A world's course as a link carries it, and a course made of one. Knows nothing of addresses. */
import type { SharedFile, SharedWorld } from './shared-work.ts';
import type { Story } from './story.ts';

/** @param open the file in the editor, as it is now */
export function sharedWorldOf(story: Story, at: number, open: SharedFile): SharedWorld {
  const { lessonId, recipe, entries, entered } = story;
  return {
    ...open,
    lessonId,
    seed: recipe.seed,
    epoch: recipe.epoch ?? 0,
    files: [...recipe.files].map(([file, text]) => ({ file, text })),
    entries: entries.filter(({ now }) => now <= entered + at),
    at,
  };
}

/** The course that a link brought, with this page's programs and the lesson's scene. */
export function storyOfShared({ seed, epoch, files, entries, at }: SharedWorld, own: Story): Story {
  return {
    lessonId: own.lessonId,
    recipe: { ...own.recipe, seed, epoch, files: new Map(files.map(({ file, text }) => [file, text])) },
    entries,
    entered: own.entered,
    now: at,
  };
}
