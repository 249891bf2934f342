// Has the whole course kept for use without a network, once a reader shows a sign of life: whoever only looks in does
// not pay for it, nor does one who asked the browser to save data. Knows nothing of what is kept.
import { filePath } from '../i18n/page-path.ts';

const signs = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'scroll'] as const;
const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

function keep(): void {
  for (const sign of signs) removeEventListener(sign, keep);
  // Whatever the reader just asked for goes first.
  setTimeout(() => {
    navigator.serviceWorker.register(filePath('sw.js')).catch(() => undefined);
    void navigator.serviceWorker.ready.then(() => (document.documentElement.dataset['offline'] = 'ready'));
  }, 3000);
}

if ('serviceWorker' in navigator && !saving) {
  for (const sign of signs) addEventListener(sign, keep, { passive: true });
}
