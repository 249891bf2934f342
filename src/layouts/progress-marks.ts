// Marks the lessons that this browser's reader has begun or solved, wherever a page lists lessons.
import { readSavedLesson } from '../lab/saved-work.ts';

function mark(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-progress]')) {
    const { solved, files, predictions } = readSavedLesson(place.dataset['progress'] ?? '');
    const begun = Object.keys(files).length + Object.keys(predictions).length > 0;
    if (!solved && !begun) continue;
    place.dataset[solved ? 'done' : 'started'] = '';
    const words = document.querySelector<HTMLElement>('[data-done-word]')?.dataset;
    place.querySelector('.done-word')?.replaceChildren(words?.[solved ? 'doneWord' : 'startedWord'] ?? '');
  }
}

mark();
// A page that was prepared ahead may have been overtaken by what was solved since.
document.addEventListener('prerenderingchange', mark);
