// Gives the buttons for kept work their work. Knows nothing of what is kept.
import { eraseWork, exportWork, importWork } from '../lab/all-work.ts';

const place = document.querySelector<HTMLElement>('[data-kept]');

if (place) {
  const note = place.querySelector('[data-kept-note]');
  const undo = place.querySelector<HTMLButtonElement>('[data-kept-undo]');
  let back: (() => void) | undefined;
  const say = (text: string | undefined, way?: () => void): void => {
    note?.replaceChildren(text ?? '');
    back = way;
    if (undo) undo.hidden = way === undefined;
  };

  place.querySelector('[data-kept-export]')?.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([exportWork()], { type: 'application/json' }));
    link.download = 'namespace-lab.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  place.querySelector('[data-kept-import]')?.addEventListener('change', (event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    void file?.text().then((text) => {
      const way = importWork(text);
      if (typeof way === 'string') say(place.dataset[way]);
      else say(place.dataset['doneImport'], way);
    });
  });
  place.querySelector('[data-kept-erase]')?.addEventListener('click', () => {
    say(place.dataset['doneErase'], eraseWork());
  });
  undo?.addEventListener('click', () => {
    back?.();
    say(place.dataset['undone']);
  });
}
