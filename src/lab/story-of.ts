/** The course of a lesson's world up to now, as data. */
import type { LiveWorld } from './live-world.ts';
import type { Story } from './story.ts';

export function storyOf(lessonId: string, { scene, journal, recipe }: LiveWorld): Story {
  const { entered } = scene;
  return {
    lessonId,
    recipe,
    entries: journal.entries(),
    entered,
    now: scene.simulation.now - entered,
    ...(journal.fullSince === undefined ? {} : { fullSince: journal.fullSince - entered }),
  };
}
