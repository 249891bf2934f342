// Wakes the page's predictions at the reader's first sign of life, or at once where something may be remembered. Knows
// neither questions nor answers.
const wake = (): void => {
  for (const sign of signs) removeEventListener(sign, wake);
  void import('../islands/prediction/predictions.ts').then(({ startPredictions }) => startPredictions());
};
const signs = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'scroll'] as const;
for (const sign of signs) addEventListener(sign, wake, { passive: true });
try {
  if (localStorage.length > 0) wake();
} catch {
  // Where nothing is kept, nothing is to be brought back.
}
