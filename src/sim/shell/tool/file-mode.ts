/** How permissions and dates of files are written, and how chmod's words change permissions. */
import type { FileKind } from '../../linux/fs/vfs.ts';

const LETTERS: Readonly<Record<FileKind, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
  socket: 's',
};

/** Such as `drwxr-xr-x`. */
export function modeText(kind: FileKind, mode: number): string {
  const triple = (shift: number, special: number, [set, unset]: readonly [string, string]): string => {
    const bits = (mode >> shift) & 7;
    const marked = (mode & special) !== 0;
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${marked ? (bits & 1 ? set : unset) : bits & 1 ? 'x' : '-'}`;
  };
  return LETTERS[kind] + triple(6, 0o4000, ['s', 'S']) + triple(3, 0o2000, ['s', 'S']) + triple(0, 0o1000, ['t', 'T']);
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Half a year: older files show their year instead of the time. */
const RECENT = 15_778_476_000;

/** The date of `ls -l`. @param now, modified Unix milliseconds */
export function listingDate(modified: number, now: number): string {
  const date = new Date(modified);
  const day = `${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)}`;
  if (Math.abs(now - modified) > RECENT) return `${day}  ${date.getUTCFullYear()}`;
  return `${day} ${String(date.getUTCHours()).padStart(2, '0')}:${String(date.getUTCMinutes()).padStart(2, '0')}`;
}

/**
 * What `u+x,go=r` or `755` make of `mode`.
 * @returns undefined when `text` is no mode
 */
export function changedMode(text: string, mode: number, file: { readonly directory: boolean; readonly umask: number }): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let result = mode;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause);
    if (!match) return undefined;
    const who = match[1] === '' ? 'a' : (match[1] ?? 'a');
    const mask = match[1] === '' ? ~file.umask & 0o777 : 0o777;
    for (const [, operator = '', letters = ''] of (match[2] ?? '').matchAll(/([-+=])([rwxXstugo]*)/g)) {
      let bits = 0;
      let special = 0;
      for (const letter of letters) {
        if (letter === 'r') bits |= 4;
        else if (letter === 'w') bits |= 2;
        else if (letter === 'x' || (letter === 'X' && (file.directory || (result & 0o111) !== 0))) bits |= 1;
        else if (letter === 's') special |= (/[ua]/.test(who) ? 0o4000 : 0) | (/[ga]/.test(who) ? 0o2000 : 0);
        else if (letter === 't') special |= 0o1000;
        else if ('ugo'.includes(letter)) bits |= (result >> { u: 6, g: 3, o: 0 }[letter as 'u' | 'g' | 'o']) & 7;
      }
      for (const [name, shift] of [
        ['u', 6],
        ['g', 3],
        ['o', 0],
      ] as const) {
        if (!who.includes(name) && !who.includes('a')) continue;
        const wanted = (bits << shift) & (mask | 0);
        if (operator === '+') result |= wanted;
        else if (operator === '-') result &= ~wanted;
        else result = (result & ~(7 << shift)) | wanted;
      }
      if (operator === '-') result &= ~special;
      else result |= special;
    }
  }
  return result;
}
