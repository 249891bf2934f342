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
  const chosen = (): readonly string[] =>
    inputs
      .filter((input) => input.type === 'text' || input.checked)
      .map((input) => input.value.trim())
      .filter(Boolean);
  section.addEventListener('input', () => {
    const { predictions } = readSavedLesson(lessonId);
    writeSavedLesson(lessonId, { predictions: { ...predictions, [id]: chosen() } });
  });
  // Here and not with the rest: whoever types quickly is done before that has come.
  section.querySelector('fieldset')?.addEventListener('keydown', (event) => {
    const details = section.querySelector('details');
    if (details && event.key === 'Enter' && chosen().length > 0) details.open = true;
  });
}
for (const sign of signs) addEventListener(sign, wake, { passive: true });
if (Object.keys(saved).length > 0) wake();
