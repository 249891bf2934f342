// Gives the theme button its work. Knows nothing of colours: those follow the attribute in tokens.css.
const button = document.querySelector<HTMLButtonElement>('[data-theme-button]');

button?.addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset['theme'] === 'dark' || (root.dataset['theme'] === undefined && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset['theme'] = dark ? 'light' : 'dark';
  try {
    localStorage.setItem('namespace-lab:theme', root.dataset['theme']);
  } catch {
    // Without storage the choice lasts for this page.
  }
});

// A page that was prepared ahead may have been overtaken by another choice.
document.addEventListener('prerenderingchange', () => {
  try {
    const theme = localStorage.getItem('namespace-lab:theme');
    if (theme) document.documentElement.dataset['theme'] = theme;
  } catch {
    // Then the page stays as it was prepared.
  }
});
