/** Quotes a text so that a shell reads it back as it is: `set -x`, `printf %q`, `declare -p`, `trap`. */

/** @param always with quotes even where none are needed, as `${x@Q}` does */
export function quoteForShell(text: string, always = false): string {
  if (/[\x00-\x1f\x7f]/.test(text))
    return `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r').replaceAll('\u001b', '\\E')}'`;
  if (!always && text !== '' && /^[\w@%+=:,./^-]+$/u.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The form of `printf %q`: backslashes instead of quotes. */
export function quoteWithBackslashes(text: string): string {
  if (text === '') return "''";

  if (/[\x00-\x1f\x7f]/.test(text)) return quoteForShell(text);
  return text.replace(/[^\w@%+=:,./-]/g, (each) => (each > '\u007f' ? each : `\\${each}`));
}

/** How BusyBox's `set -x` shows a word (ash.c maybe_single_quote): an empty one as it is. */
export function quoteAsAsh(text: string): string {
  return /[^+-:@-Z\]^_a-z]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : text;
}
