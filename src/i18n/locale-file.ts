// The shape of content/locales/<code>.json and the typed message keys. Knows no particular message.
import type zh from '../../content/locales/zh.json';

/** Every message key; the source locale defines them, the other locales follow. */
export type MessageKey = keyof (typeof zh)['messages'];

/** Either one text, or one per plural category of the locale, chosen by the parameter `count`. */
export type Message = string | { readonly [category in Intl.LDMLPluralRule]?: string };

export type Messages = { readonly [key: string]: Message };

export type MessageParams = { readonly [name: string]: string | number };

/** One file of content/locales/. */
export interface LocaleFile {
  /** The language's name in itself, for the language picker. */
  readonly name: string;
  /** BCP-47 tag for `<html lang>` and Intl. */
  readonly tag: string;
  /** A complete locale may lack no message: the tests then fail. An incomplete one falls back. */
  readonly complete: boolean;
  /** Code of the locale whose text stands in for a missing message; the source locale when absent. */
  readonly fallback?: string;
  readonly messages: Messages;
}
