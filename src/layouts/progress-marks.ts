// Marks the lessons that this browser's reader has solved, wherever a page lists lessons.
import { readSavedLesson } from '../lab/saved-work.ts';

for (const place of document.querySelectorAll<HTMLElement>('[data-progress]')) {
  if (!readSavedLesson(place.dataset['progress'] ?? '').solved) continue;
  place.dataset['done'] = '';
  const word = document.querySelector<HTMLElement>('[data-done-word]')?.dataset['doneWord'];
  if (word) place.querySelector('.done-word')?.replaceChildren(word);
}
