// Chooses the few messages that an island needs, so that a page does not carry all of them. Build time only.
import type { Messages } from './locale-file.ts';
import { localeFile, messageChain } from './locales.ts';

/** What an island is handed; it makes its own function with `createTranslate(tag, [messages])`. */
export interface PickedMessages {
  readonly tag: string;
  readonly messages: Messages;
}

/**
 * The messages whose keys begin with one of `prefixes`, fallbacks already applied.
 *
 * @param locale a locale code such as `zh`
 * @param prefixes e.g. `['editor.', 'goals.']`
 */
export function pickMessages(locale: string, prefixes: readonly string[]): PickedMessages {
  const wanted = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
  const messages = Object.fromEntries(
    messageChain(locale)
      .toReversed()
      .flatMap((table) => Object.entries(table))
      .filter(([key]) => wanted(key)),
  );
  return { tag: localeFile(locale).tag, messages };
}
