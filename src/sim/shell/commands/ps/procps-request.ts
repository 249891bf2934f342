/** What a command line of ps asks for, and the lists in it (src/ps/parser.c, sortformat.c). Options are read in procps-arguments.ts. */

export type Selector =
  | { readonly kind: 'pid' | 'ppid' | 'session' | 'lwp'; readonly numbers: readonly number[] }
  | { readonly kind: 'user' | 'group'; readonly names: readonly string[] }
  | { readonly kind: 'command'; readonly names: readonly string[] }
  | { readonly kind: 'terminal'; readonly names: readonly string[] }
  | { readonly kind: 'own-terminal' };

export interface FormatItem {
  readonly name: string;
  /** After `=`; an empty one hides the header. */
  readonly title: string | undefined;
  /** After `:`. */
  readonly width: number | undefined;
}

export interface SortKey {
  readonly name: string;
  readonly reverse: boolean;
}

export interface PsRequest {
  /** -e, -A: everything. */
  all: boolean;
  /** -a: with a terminal, but no session leaders; -d: all but session leaders. */
  withTerminal: boolean;
  allButLeaders: boolean;
  /** BSD a and x, g. */
  bsdAll: boolean;
  bsdNoTerminal: boolean;
  negate: boolean;
  /** Running only (r). */
  running: boolean;
  readonly selectors: Selector[];
  readonly formats: FormatItem[];
  /** -O: added to the default after PID. */
  added: boolean;
  full: boolean;
  extraFull: boolean;
  long: boolean;
  jobs: boolean;
  scheduling: boolean;
  noAddress: boolean;
  bsdFormat: 'u' | 'l' | 'j' | 'v' | 's' | 'X' | undefined;
  /** -Z, -M, Z: the security label first; --context: with it and little else. */
  security: 'label' | 'context' | undefined;
  /** Any BSD option was given. */
  bsd: boolean;
  /** -T and -L with a column for them, H and m (each behind its process) without. */
  threads: 'T' | 'L' | 'H' | 'm' | undefined;
  tree: 'branches' | 'blanks' | undefined;
  headers: boolean;
  environment: boolean;
  /** BSD c: the true name instead of the command line. */
  trueName: boolean;
  numeric: boolean;
  wide: number;
  columns: number | undefined;
  readonly sort: SortKey[];
  action: 'list' | 'help' | 'version';
}

export type PsArguments = PsRequest | { readonly error: string };

export class Mistake {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function empty(): PsRequest {
  return {
    all: false,
    withTerminal: false,
    allButLeaders: false,
    bsdAll: false,
    bsdNoTerminal: false,
    negate: false,
    running: false,
    selectors: [],
    formats: [],
    added: false,
    full: false,
    extraFull: false,
    long: false,
    jobs: false,
    scheduling: false,
    noAddress: false,
    bsdFormat: undefined,
    security: undefined,
    bsd: false,
    threads: undefined,
    tree: undefined,
    headers: true,
    environment: false,
    trueName: false,
    numeric: false,
    wide: 0,
    columns: undefined,
    sort: [],
    action: 'list',
  };
}

export const words = (text: string): readonly string[] => text.split(/[,\s]+/).filter((word) => word !== '');

export function numbers(text: string, complaint: string): readonly number[] {
  const list = words(text);
  if (list.length === 0 || list.some((word) => !/^-?\d+$/.test(word))) throw new Mistake(complaint);
  if (list.some((word) => Number(word) < 1 || Number(word) > 0x7fff_ffff)) throw new Mistake('process ID out of range');
  return list.map(Number);
}

export function format(text: string): readonly FormatItem[] {
  if (/^%(?!cpu|mem)/.test(text)) return aixFormat(text);
  const items: FormatItem[] = [];
  for (let rest = text; rest !== '';) {
    const match = /^[,\s]*([^,\s=:]+)(?::(\d+))?(?:=(.*))?/.exec(rest);
    if (!match?.[1]) throw new Mistake('improper format list');
    if (/^[,\s]*[^,\s=:]+:(?!0*[1-9]\d*(?:[,\s=]|$))/.test(rest)) throw new Mistake('column widths must be unsigned decimal numbers');
    const width = match[2] === undefined ? undefined : Number(match[2]);
    const title = match[3];
    if (title === undefined) {
      items.push({ name: match[1], title, width });
      rest = rest.slice(match[0].length);
      if (/^,(,|$)/.test(rest)) throw new Mistake('improper format list');
      rest = rest.replace(/^[,\s]/, '');
      continue;
    }
    // A title reaches to the end of the word, unless it is empty: then the list goes on behind the comma.
    if (title === '' || title.startsWith(',')) {
      items.push({ name: match[1], title: '', width });
      rest = title.slice(1);
      continue;
    }
    items.push({ name: match[1], title, width });
    rest = '';
  }
  if (items.length === 0) throw new Mistake('improper format list');
  return items;
}

export function sortKeys(text: string): readonly SortKey[] {
  return words(text).map((word) => ({ name: word.replace(/^[+-]/, ''), reverse: word.startsWith('-') }));
}

/** AIX's descriptors (src/ps/sortformat.c aix_format_parse). */
const AIX: Readonly<Record<string, string>> = {
  C: 'pcpu',
  G: 'group',
  P: 'ppid',
  U: 'user',
  a: 'args',
  c: 'comm',
  g: 'rgroup',
  n: 'nice',
  p: 'pid',
  r: 'pgid',
  t: 'etime',
  u: 'ruser',
  x: 'time',
  y: 'tty',
  z: 'vsz',
};

function aixFormat(text: string): readonly FormatItem[] {
  return text.split(/ +/).map((word) => {
    if (!/^%[a-zA-Z]$/.test(word)) throw new Mistake('improper AIX field descriptor');
    const name = AIX[word.charAt(1)];
    if (name === undefined) throw new Mistake('unknown AIX field descriptor');
    return { name, title: undefined, width: undefined };
  });
}
