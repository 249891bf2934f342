// The bench's words: those of its first frame from the page, all others as soon as they have arrived.
import { createTranslate } from '../../i18n/create-translate.ts';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Messages } from '../../i18n/locale-file.ts';

/** Like `createTranslate`, but a word that is still on its way reads as nothing for that moment. */
export function lateWords(tag: string, tables: readonly Messages[]): Translate {
  const { maybe } = createTranslate(tag, tables);
  const words = (...[key, params]: Parameters<Translate>): string => maybe(key, params) ?? '';
  return Object.assign(words, { maybe, tag });
}
