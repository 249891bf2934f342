// Turns message keys and parameters into words of one locale. Knows neither files nor pages.
import type { Message, MessageKey, MessageParams, Messages } from './locale-file.ts';

export interface Translate {
  /** The text for `key` with `{name}` placeholders filled from `params`; fractions are written as the language does. */
  (key: MessageKey, params?: MessageParams): string;
  /** The same for a key made of a code that the simulator emitted; `undefined` when there is no such message. */
  maybe(key: string, params?: MessageParams): string | undefined;
  /** BCP-47 tag of the locale. */
  readonly tag: string;
}

/**
 * Makes the translate function of one locale.
 *
 * @param tag BCP-47 tag, for plural rules and numbers
 * @param chain message tables, the locale's own first, then its fallbacks
 * @returns a function that throws on a key that no table has: that is an author's error, found at build
 */
export function createTranslate(tag: string, chain: readonly Messages[]): Translate {
  // Made when a number comes: a browser takes long to read its rules, and most pages never ask.
  let plural: Intl.PluralRules | undefined;
  let number: Intl.NumberFormat | undefined;

  const maybe = (key: string, params: MessageParams = {}): string | undefined => {
    const message = chain.find((messages) => Object.hasOwn(messages, key))?.[key];
    return message === undefined ? undefined : fill(choose(message, params), params);
  };

  function choose(message: Message, params: MessageParams): string {
    if (typeof message === 'string') return message;
    const category = (plural ??= new Intl.PluralRules(tag)).select(Number(params['count'] ?? 0));
    return message[category] ?? message.other ?? '';
  }

  function fill(text: string, params: MessageParams): string {
    return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = params[name];
      if (value === undefined) return placeholder;
      if (typeof value === 'string') return value;
      // Ports, lines and process numbers look the same in every language.
      return Number.isInteger(value) ? String(value) : (number ??= new Intl.NumberFormat(tag, { useGrouping: false })).format(value);
    });
  }

  const translate = (key: MessageKey, params?: MessageParams): string => {
    const text = maybe(key, params);
    if (text === undefined) throw new Error(`no message "${key}" in locale ${tag} or its fallbacks`);
    return text;
  };
  return Object.assign(translate, { maybe, tag });
}
