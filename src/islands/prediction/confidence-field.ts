// How sure somebody is, in three words. Knows nothing of what they expect.
import type { Translate } from '../../i18n/create-translate.ts';

const degrees = ['guess', 'fairly', 'certain'] as const;

interface Options {
  readonly name: string;
  readonly chosen: string | undefined;
  readonly onChoice: (degree: string) => void;
}

export function confidenceField(t: Translate, { name, chosen, onChoice }: Options): HTMLElement {
  const field = document.createElement('div');
  field.className = 'sure';
  field.setAttribute('role', 'radiogroup');
  const title = Object.assign(document.createElement('span'), { id: `${name}-title`, textContent: t('prediction.sure') });
  field.setAttribute('aria-labelledby', title.id);
  field.append(title);
  for (const degree of degrees) {
    const input = Object.assign(document.createElement('input'), { type: 'radio', name, value: degree, checked: degree === chosen });
    const label = document.createElement('label');
    label.append(input, ` ${t(`prediction.sure.${degree}`)}`);
    input.addEventListener('change', () => onChoice(degree));
    field.append(label);
  }
  return field;
}
