// Types of objects whose shape was decoded but whose content nobody has checked yet.
// Types only: it knows no kind and no rule.

/** T as it arrives: everything may be missing, every enumeration may hold any text. */
export type Unchecked<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer Item)[]
        ? readonly Unchecked<Item>[]
        : string extends keyof T
          ? { readonly [key: string]: Unchecked<T[string & keyof T]> }
          : { readonly [K in keyof T]?: Unchecked<T[K]> | undefined };

/** An unchecked object that is still being put together, so its fields may be assigned. */
export type Draft<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer Item)[]
        ? Draft<Item>[]
        : string extends keyof T
          ? { [key: string]: Draft<T[string & keyof T]> }
          : { -readonly [K in keyof T]?: Draft<T[K]> | undefined };
