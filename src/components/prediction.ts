// Remembers what was expected, per lesson and in every language the same, from the first click on. Everything else about
// predictions comes at the reader's first sign of life. Knows neither questions nor answers.
import { readSavedLesson, writeSavedLesson } from '../lab/saved-work.ts';

const lessonId = document.querySelector<HTMLElement>('[data-lesson]')?.dataset['lesson'] ?? '';
const saved = readSavedLesson(lessonId).predictions;
const signs = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'scroll'] as const;

function wake(): void {
  for (const sign of signs) removeEventListener(sign, wake);
  void import('../islands/prediction/predictions.ts').then(({ startPredictions }) => startPredictions(lessonId));
}

for (const section of document.querySelectorAll<HTMLElement>('[data-prediction]')) {
  const id = section.dataset['prediction'] ?? '';
  const inputs = [...section.querySelectorAll('input')];
  for (const input of inputs) {
    if (input.type === 'text') input.value ||= saved[id]?.[0] ?? '';
    else input.checked ||= saved[id]?.includes(input.value) === true;
  }
  section.addEventListener('input', () => {
    const chosen = inputs.filter((input) => input.type === 'text' || input.checked).map((input) => input.value.trim());
    const { predictions } = readSavedLesson(lessonId);
    writeSavedLesson(lessonId, { predictions: { ...predictions, [id]: chosen.filter(Boolean) } });
  });
}
for (const sign of signs) addEventListener(sign, wake, { passive: true });
if (Object.keys(saved).length > 0) wake();
