/** How the server turns one kind of object into a row of a table. Types only; each kind has its own file. */
export interface Column {
  readonly name: string;
  /** Shown with `-o wide` only. */
  readonly wide: boolean;
}

export type Cell = string | number;

export interface Printer<T> {
  readonly columns: readonly Column[];
  /** One cell per column, wide ones included. @param wallClock Unix milliseconds, for ages */
  cells(object: T, context: { readonly wallClock: number; readonly wide: boolean }): readonly Cell[];
}

/** Columns from names; a trailing `*` marks a wide one. */
export function columnsOf(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name: name.replace(/\*$/, ''), wide: name.endsWith('*') }));
}
