// Whoever takes a row away with its own button goes on beside it: a browser would begin again at the top of the page.

/** Watches over the focus inside `form`; gives a function that ends the watch. */
export function keepFocus(form: HTMLElement | undefined): () => void {
  if (!form) return () => undefined;
  let around: readonly HTMLElement[] = [];
  const remember = ({ target }: FocusEvent): void => {
    const chain: HTMLElement[] = [];
    for (let at = target instanceof HTMLElement ? target : null; at && at !== form; at = at.parentElement) chain.push(at);
    around = [...chain, form];
  };
  const watcher = new MutationObserver(() => {
    const [last] = around;
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const place = around.find((each) => each.isConnected);
    // The button that adds a row stands at the end of its list.
    [...(place?.querySelectorAll<HTMLElement>(':scope > button') ?? [])].at(-1)?.focus();
  });
  form.addEventListener('focusin', remember);
  watcher.observe(form, { childList: true, subtree: true });
  return () => {
    form.removeEventListener('focusin', remember);
    watcher.disconnect();
  };
}
