import { describe, expect, it } from 'vitest';
import type { Message } from './locale-file.ts';
import { localeFile, locales, messageChain, sourceLocale, translateFor } from './locales.ts';

const source = localeFile(sourceLocale).messages;

function placeholders(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  const names = texts.flatMap((text) => [...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
  return [...new Set(names)].sort();
}

describe('the locale files', () => {
  it('begin with the source locale', () => {
    expect(locales[0]).toBe(sourceLocale);
    expect(locales).toContain('en');
  });

  describe.each(locales)('%s', (locale) => {
    const { messages, complete, tag, name } = localeFile(locale);

    it('names its language and a valid tag', () => {
      expect(name).not.toBe('');
      expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
    });

    it('has no message that the source locale lacks', () => {
      expect(Object.keys(messages).filter((key) => !Object.hasOwn(source, key))).toEqual([]);
    });

    it('lacks no message if it says that it is complete', () => {
      const missing = Object.keys(source).filter((key) => !Object.hasOwn(messages, key));
      expect(complete ? missing : []).toEqual([]);
    });

    it('uses the same parameters as the source locale in every message', () => {
      const different = Object.entries(messages)
        .filter(([key]) => Object.hasOwn(source, key))
        .filter(([key, message]) => {
          const theirs = placeholders(source[key] ?? '');
          return placeholders(message).join() !== theirs.join();
        })
        .map(([key]) => key);
      expect(different).toEqual([]);
    });

    it('has an "other" form in every plural', () => {
      const plurals = Object.entries(messages).filter(([, message]) => typeof message !== 'string');
      expect(plurals.filter(([, message]) => !(message as { other?: string }).other)).toEqual([]);
    });

    it('falls back to the source locale at last', () => {
      expect(messageChain(locale).at(-1)).toBe(source);
      expect(translateFor(locale)('site.name')).not.toBe('');
    });
  });
});
