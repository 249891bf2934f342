// Remembers guesses per lesson, in every language the same. Knows neither the questions nor the answers.
import { readSavedLesson, writeSavedLesson } from '../lab/saved-work.ts';

const lessonId = document.querySelector<HTMLElement>('[data-lesson]')?.dataset['lesson'];

if (lessonId !== undefined) {
  const saved = readSavedLesson(lessonId).predictions;
  for (const section of document.querySelectorAll<HTMLElement>('[data-prediction]')) {
    const id = section.dataset['prediction'] ?? '';
    const inputs = [...section.querySelectorAll('input')];
    for (const input of inputs) {
      if (saved[id]?.includes(input.value)) input.checked = true;
    }
    section.addEventListener('change', () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      const { predictions } = readSavedLesson(lessonId);
      writeSavedLesson(lessonId, { predictions: { ...predictions, [id]: chosen } });
    });
  }
}
