// Puts what was expected beside the truth once that is opened, and asks how sure somebody was. The page brings question,
// options and truth (Prediction.astro) and remembers the choice (prediction.ts).
import { createTranslate } from '../../i18n/create-translate.ts';
import type { Translate } from '../../i18n/create-translate.ts';
import { loadMessages } from '../../i18n/load-messages.ts';
import { readSavedLesson, writeSavedLesson } from '../../lab/saved-work.ts';
import { confidenceField } from './confidence-field.ts';
import { truthBeside } from './truth-beside.ts';
import './prediction.lazy.css';

/** Wakes every prediction of the page. */
export function startPredictions(lessonId: string): void {
  for (const section of document.querySelectorAll<HTMLElement>('[data-prediction]')) start(section, lessonId);
}

function start(section: HTMLElement, lessonId: string): void {
  const id = section.dataset['prediction'] ?? '';
  const fieldset = section.querySelector('fieldset');
  const details = section.querySelector('details');
  const answer = section.querySelector('.answer');
  if (!fieldset || !details || !answer) return;
  const inputs = [...fieldset.querySelectorAll('input')];
  const words = wordsOf(section.dataset['words'] ?? '');
  const keep = (name: string, values: readonly string[]): void => {
    const { predictions } = readSavedLesson(lessonId);
    writeSavedLesson(lessonId, { predictions: { ...predictions, [name]: values } });
  };
  const remembered = readSavedLesson(lessonId).predictions;
  const sureName = `${id}.sure`;
  const way = details.querySelector('.go');
  let together: HTMLElement | undefined;

  /** Offered once something is expected, and never needed. */
  const askConfidence = async (): Promise<void> => {
    if (section.querySelector('.sure')) return;
    const field = confidenceField(await words(), {
      name: sureName,
      chosen: remembered[sureName]?.[0],
      onChoice: (choice) => keep(sureName, [choice]),
    });
    if (!section.querySelector('.sure')) fieldset.append(field);
  };
  /** The way to the truth is named after what one has done. */
  const nameTheWay = async (): Promise<void> => {
    const t = await words();
    if (way) way.textContent = t(chosenOf(inputs).length > 0 ? 'prediction.show' : 'prediction.just');
  };
  const expects = (): void => {
    if (chosenOf(inputs).length > 0) void askConfidence();
    void nameTheWay();
  };
  const again = (): void => {
    details.open = false;
    fieldset.disabled = false;
    for (const input of inputs) {
      input.checked = false;
      if (input.type === 'text') input.value = '';
    }
    section.querySelector('.sure')?.remove();
    keep(id, []);
    keep(sureName, []);
    expects();
    inputs[0]?.focus();
  };
  const opened = async (): Promise<void> => {
    together?.remove();
    together = undefined;
    // A prediction stands once the truth has been seen; whoever just looks may still guess for themselves.
    fieldset.disabled = details.open && chosenOf(inputs).length > 0;
    if (!fieldset.disabled) return;
    const t = await words();
    if (!details.open) return;
    together = truthBeside(t, { section, chosen: chosenOf(inputs), onAgain: again });
    answer.prepend(together);
  };

  fieldset.addEventListener('input', expects);
  if (chosenOf(inputs).length > 0) expects();
  details.addEventListener('toggle', () => void opened());
  if (details.open) void opened();
}

/** Ids of the options, or what was typed. */
function chosenOf(inputs: readonly HTMLInputElement[]): readonly string[] {
  return inputs
    .filter((input) => (input.type === 'text' ? input.value.trim() !== '' : input.checked))
    .map((input) => (input.type === 'text' ? input.value.trim() : input.value));
}

function wordsOf(locale: string): () => Promise<Translate> {
  return async () => createTranslate(document.documentElement.lang, [await loadMessages(locale)]);
}
