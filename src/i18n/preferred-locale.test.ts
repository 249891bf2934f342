import { describe, expect, it } from 'vitest';
import { preferredLocale } from './preferred-locale.ts';

describe('preferredLocale', () => {
  const available = ['zh', 'en'];

  it('keeps what the reader chose earlier', () => {
    expect(preferredLocale(available, 'en', ['zh-CN'])).toBe('en');
  });

  it('takes the first language of the browser that exists, regions aside', () => {
    expect(preferredLocale(available, null, ['fr', 'zh-TW', 'en'])).toBe('zh');
    expect(preferredLocale(available, null, ['en-GB', 'zh'])).toBe('en');
  });

  it('ignores a stored locale that no longer exists', () => {
    expect(preferredLocale(available, 'ja', ['zh'])).toBe('zh');
  });

  it('gives English to readers of other languages, and the source language when nothing is known', () => {
    expect(preferredLocale(available, null, ['fr-FR'])).toBe('en');
    expect(preferredLocale(available, null, [])).toBe('zh');
  });
});
