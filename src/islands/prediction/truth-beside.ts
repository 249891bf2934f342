// Draws what was expected beside what was printed: each line with a shape and a word, so that colour never stands alone.
import type { Translate } from '../../i18n/create-translate.ts';
import { comparePrediction } from '../../exercise/compare-prediction.ts';
import type { ComparedLine } from '../../exercise/compare-prediction.ts';

interface Options {
  readonly section: HTMLElement;
  /** Ids of options, or what was typed. */
  readonly chosen: readonly string[];
  readonly onAgain: () => void;
}

const shapes = { hit: '✓', wrong: '✗', missed: '+' } as const;

export function truthBeside(t: Translate, { section, chosen, onAgain }: Options): HTMLElement {
  const lines = compared(section, chosen);
  const differing = lines.filter(({ mark }) => mark !== 'hit').length;
  const box = make('div', 'beside');
  const title = make('p', 'beside-title', t('prediction.together'));
  const sure = section.querySelector('.sure :checked')?.parentElement?.textContent.trim();
  if (sure) title.append(make('span', 'note', t('prediction.wasSure', { sure })));
  const list = make('ul', '');
  for (const { mark, text } of lines) {
    const item = make('li', mark);
    const shape = make('span', 'shape', shapes[mark]);
    shape.setAttribute('aria-hidden', 'true');
    const shown = make(mark === 'wrong' ? 's' : 'samp', '', mark === 'wrong' ? '' : text.trimEnd());
    if (mark === 'wrong') shown.append(make('samp', '', text.trimEnd()));
    item.append(shape, shown, ' ', make('span', 'word', t(`prediction.${mark}`)));
    list.append(item);
  }
  const outcome = make('p', 'outcome', t(differing === 0 ? 'prediction.same' : 'prediction.differs', { count: differing }));
  outcome.setAttribute('role', 'status');
  const again = make('button', 'plain', t('prediction.again'));
  (again as HTMLButtonElement).type = 'button';
  again.addEventListener('click', onAgain);
  outcome.append(' ', again);
  box.append(title, list, outcome);
  return box;
}

function compared(section: HTMLElement, chosen: readonly string[]): readonly ComparedLine[] {
  const { kind, right = '' } = section.dataset;
  if (kind === 'value') return comparePrediction(chosen, [right]);
  const textById = new Map(
    [...section.querySelectorAll('fieldset > label')].map((option) => [
      option.querySelector('input')?.value ?? '',
      option.querySelector('samp')?.textContent ?? '',
    ]),
  );
  const textsOf = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => textById.get(id)?.split('\n') ?? []);
  return comparePrediction(textsOf(chosen), textsOf(right.split(' ')));
}

function make(tag: keyof HTMLElementTagNameMap, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
