// Remembers the language that a reader chooses in the bar, so that the site's root leads there next time.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-language]')) {
  link.addEventListener('click', () => {
    try {
      localStorage.setItem('namespace-lab:locale', link.dataset['language'] ?? '');
    } catch {
      // Without storage the browser's languages decide again.
    }
    // The fragment may carry a place on the page or shared work: it comes along.
    link.hash = location.hash;
  });
}
