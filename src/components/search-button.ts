// Opens the search by its button or by Ctrl K and ⌘K, and only then loads it. Leaves the keys alone where people type:
// in a terminal Ctrl K deletes to the end of the line.
const typingPlaces = 'input, textarea, select, [contenteditable], [data-lab="terminal"], .monaco-editor';

function openSearchDialog(): void {
  const root = document.querySelector<HTMLAnchorElement>('.home')?.href ?? '';
  void import('../islands/search/search-dialog.tsx').then(({ openSearch }) => openSearch(root)).catch(() => location.assign(`${root}glossary/`));
}

document.querySelector('[data-search]')?.addEventListener('click', openSearchDialog);
addEventListener('keydown', (event) => {
  if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(typingPlaces)) return;
  event.preventDefault();
  openSearchDialog();
});
