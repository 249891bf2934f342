import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinWords, splitWords } from './command-words.ts';

describe('a command in one field', () => {
  it('is parted as a shell parts it', () => {
    expect(splitWords('/bin/sh -c "echo a  b"')).toEqual(['/bin/sh', '-c', 'echo a  b']);
    expect(splitWords(`a 'b "c"' d\\ e ""`)).toEqual(['a', 'b "c"', 'd e', '']);
    expect(splitWords('  ')).toEqual([]);
  });

  it('takes a quote that is still being typed to the end', () => {
    expect(splitWords('/bin/sh -c "echo a')).toEqual(['/bin/sh', '-c', 'echo a']);
  });

  it('is the same list again, whatever the words are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '\n', '命') })), (words) => {
        expect(splitWords(joinWords(words))).toEqual(words);
      }),
    );
  });
});
