// Opens the search by its button or by Ctrl K and ⌘K, and only then loads it. Leaves the keys alone where people type:
// in a terminal Ctrl K deletes to the end of the line.
const button = document.querySelector<HTMLButtonElement>('[data-search]');
const typing = 'input, textarea, select, [contenteditable], [data-lab="terminal"], .monaco-editor';

function open(): void {
  const root = document.querySelector<HTMLAnchorElement>('.home')?.href ?? '';
  void import('../islands/search/search-dialog.tsx').then(({ openSearch }) => openSearch(root)).catch(() => location.assign(`${root}glossary/`));
}

button?.addEventListener('click', open);
addEventListener('keydown', (event) => {
  if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(typing)) return;
  event.preventDefault();
  open();
});
