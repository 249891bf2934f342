/** Patterns of pgrep, pkill and their like: POSIX extended regular expressions, as far as JavaScript's agree with them. */

export type CompiledPattern = { readonly kind: 'pattern'; readonly expression: RegExp } | { readonly kind: 'bad'; readonly message: string };

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  blank: ' \\t',
};

export function compilePattern(text: string, options: { readonly whole?: boolean; readonly ignoreCase?: boolean } = {}): CompiledPattern {
  const source = text.replaceAll(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  try {
    if (/(^|[^\\])\{[^}]*$/.test(source)) return { kind: 'bad', message: 'Unmatched \\{' };
    return { kind: 'pattern', expression: new RegExp(options.whole ? `^(?:${source})$` : source, options.ignoreCase ? 'i' : '') };
  } catch {
    return { kind: 'bad', message: regexMessage(text) };
  }
}

/** regerror(3) of glibc for the usual mistakes. */
function regexMessage(text: string): string {
  if (/^[*+?]|[(|][*+?]/.test(text)) return 'Invalid preceding regular expression';
  if (/\([^)]*$/.test(text)) return 'Unmatched ( or \\(';
  if (text.endsWith('\\')) return 'Trailing backslash';
  return 'Invalid regular expression';
}
