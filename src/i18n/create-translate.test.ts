import { describe, expect, it } from 'vitest';
import { createTranslate } from './create-translate.ts';
import type { MessageKey } from './locale-file.ts';

const key = (text: string): MessageKey => text as MessageKey;

describe('createTranslate', () => {
  const translate = createTranslate('en', [
    {
      greet: 'Hello {name}',
      pods: { one: '{count} pod', other: '{count} pods' },
    },
    { greet: '你好 {name}', late: '{port} 端口' },
  ]);

  it('fills placeholders', () => {
    expect(translate(key('greet'), { name: 'node1' })).toBe('Hello node1');
  });

  it('chooses the plural form of the locale', () => {
    expect(translate(key('pods'), { count: 1 })).toBe('1 pod');
    expect(translate(key('pods'), { count: 3 })).toBe('3 pods');
  });

  it('writes numbers without grouping, as ports are written', () => {
    expect(translate(key('late'), { port: 30080 })).toBe('30080 端口');
  });

  it('falls back to the next table', () => {
    expect(translate(key('late'), { port: 1 })).toBe('1 端口');
  });

  it('throws on a message that nobody has written, and maybe() gives undefined', () => {
    expect(() => translate(key('nowhere'))).toThrow('no message "nowhere"');
    expect(translate.maybe('nowhere')).toBeUndefined();
  });

  it('does not take inherited properties for messages', () => {
    expect(translate.maybe('toString')).toBeUndefined();
  });
});
