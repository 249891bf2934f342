import { describe, expect, it } from 'vitest';
import { yamlText } from './yaml.ts';

describe('YAML as kubectl writes it', () => {
  it('sorts keys and does not indent lists below their key', () => {
    expect(yamlText({ b: [{ z: 1, x: 'a' }], a: {} })).toBe('a: {}\nb:\n- x: a\n  z: 1\n');
  });

  it.each([
    ['1', '"1"'],
    ['true', '"true"'],
    ['yes', '"yes"'],
    ['', '""'],
    ['2026-11-23T09:42:29Z', '"2026-11-23T09:42:29Z"'],
    ['10.244.1.0/24', '10.244.1.0/24'],
    ['a: b', "'a: b'"],
    ['*', "'*'"],
    ['25%', '25%'],
    ["it's", "it's"],
    [' a', "' a'"],
    ['0x1F', '"0x1F"'],
    ['12:30', '"12:30"'],
    ['a\tb', '"a\\tb"'],
  ])('writes the text %j as %s', (text, written) => {
    expect(yamlText({ k: text })).toBe(`k: ${written}\n`);
  });

  it('writes texts of several lines as blocks', () => {
    expect(yamlText({ k: 'a\n  b\n' })).toBe('k: |\n  a\n    b\n');
    expect(yamlText({ k: 'a\nb' })).toBe('k: |-\n  a\n  b\n');
  });

  it('folds long texts at blanks behind column 80', () => {
    const word = 'x'.repeat(40);
    expect(yamlText({ k: `${word} ${word} ${word}` })).toBe(`k: ${word} ${word}\n  ${word}\n`);
  });
});
