import { describe, expect, it } from 'vitest';
import { pathText } from './evaluate-path.ts';
import { parsePath } from './parse-path.ts';

const data = {
  items: [
    { name: 'a', ports: [80, 443], labels: { app: 'x' } },
    { name: 'b', ready: true },
  ],
};

function text(template: string, allowMissingKeys = true): string {
  return pathText(parsePath(template), data, { allowMissingKeys });
}

describe('JSONPath templates', () => {
  it('walks fields, indexes and slices', () => {
    expect(text('{.items[0].name} {.items[-1].name} {.items[*].name}')).toBe('a b a b');
    expect(text('{.items[0].ports[1:]}')).toBe('443');
  });

  it('repeats what stands in a range', () => {
    expect(text('{range .items[*]}{.name}{"\\t"}{.ready}{"\\n"}{end}')).toBe('a\t\nb\ttrue\n');
  });

  it('filters by comparison and by existence', () => {
    expect(text('{.items[?(@.name=="b")].ready}')).toBe('true');
    expect(text('{.items[?(@.labels)].name}')).toBe('a');
  });

  it('descends to every depth', () => {
    expect(text('{..app}')).toBe('x');
  });

  it('writes objects and lists as JSON', () => {
    expect(text('{.items[0].labels}{.items[0].ports}')).toBe('{"app":"x"}[80,443]');
  });

  it('refuses what is out of bounds, unknown or unfinished, in the words of kubectl', () => {
    expect(() => text('{.items[5].name}')).toThrow('array index out of bounds: index 5, length 2');
    expect(() => text('{.nope}', false)).toThrow('nope is not found');
    expect(() => text('{.items[*')).toThrow('unterminated array');
    expect(() => text('{.a')).toThrow('unclosed action');
  });
});
