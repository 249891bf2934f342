// What a terminal sends for a key press, for the moment before the emulator is there. Knows only common keys.
const named: { readonly [key: string]: string } = {
  Enter: '\r',
  Backspace: '\u007f',
  Escape: '\u001b',
  ArrowUp: '\u001b[A',
  ArrowDown: '\u001b[B',
  ArrowRight: '\u001b[C',
  ArrowLeft: '\u001b[D',
};

/** The bytes for a key, or `undefined` for one that belongs to the page, such as Tab. */
export function keyBytes(event: KeyboardEvent): string | undefined {
  if (event.metaKey || event.altKey || event.isComposing) return undefined;
  if (event.ctrlKey) {
    return /^[a-z]$/i.test(event.key) ? String.fromCharCode(event.key.toUpperCase().charCodeAt(0) - 64) : undefined;
  }
  return event.key.length === 1 ? event.key : named[event.key];
}
