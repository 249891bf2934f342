import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from './parse-yaml.ts';

const start = { offset: 0, line: 0, column: 0 };

function valueOf(text: string): unknown {
  const result = parseYaml(text, start);
  return result.kind === 'error' ? result.message : result.root?.value;
}

describe('YAML as kubectl reads it', () => {
  it('reads block and flow collections, quotes and block scalars', () => {
    const text = "a: 1\nb: [x, {c: z}]\nd:\n- 1\n- e: \"s\\tt\"\n  f: 'it''s'\ng: |\n  one\n   two\n\nh: >-\n  one\n  two\n\n  three\n";
    expect(valueOf(text)).toEqual({
      a: 1,
      b: ['x', { c: 'z' }],
      d: [1, { e: 's\tt', f: "it's" }],
      g: 'one\n two\n',
      h: 'one two\nthree',
    });
  });

  it('takes the words of YAML 1.1 for booleans and nothing, quoted ones for text', () => {
    expect(valueOf('[yes, Off, y, ~, null, "yes", yess]')).toEqual([true, false, true, null, null, 'yes', 'yess']);
  });

  it('reads hexadecimal, octal, binary and grouped numbers, but not sexagesimal ones', () => {
    expect(valueOf('[0x1F, 017, 0o17, 08, 0b11, 1_000, 1e3, .5, 1:30, 2001-01-01]')).toEqual([
      31,
      15,
      15,
      8,
      3,
      1000,
      1000,
      0.5,
      '1:30',
      '2001-01-01',
    ]);
  });

  it('makes every key a string', () => {
    expect(valueOf('{8080: a, 1.5: b, on: c}')).toEqual({ '8080': 'a', '1.5': 'b', true: 'c' });
  });

  it('expands aliases and merge keys in the order in which they stand', () => {
    expect(valueOf('a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\nc: {l: 3, <<: *x}\n')).toEqual({
      a: { k: 1, l: 2 },
      b: { k: 1, l: 3 },
      c: { k: 1, l: 2 },
    });
  });

  it.each([
    ['a: b: c', 'yaml: mapping values are not allowed in this context'],
    ['x: 1\na: b: c', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a:\n\tb: c', 'yaml: line 2: found character that cannot start any token'],
    ['a:\n  b: c\n\td: e', 'yaml: line 3: found a tab character that violates indentation'],
    ['a: 1\nb: [1, 2', "yaml: line 2: did not find expected ',' or ']'"],
    ['a: 1\nb: "x\n', 'yaml: line 3: found unexpected end of stream'],
    ['a: 1\nb\n', "yaml: line 3: could not find expected ':'"],
    ['a:\n  - b\n  c: d', "yaml: line 2: did not find expected '-' indicator"],
    ['a: *b', "yaml: unknown anchor 'b' referenced"],
    ['a: &x [*x]', "yaml: anchor 'x' value contains itself"],
    ['image: {{ .Values.image }}', 'yaml: invalid map key: map[interface {}]interface {}{".Values.image":interface {}(nil)}'],
    ['a: !!int x', 'yaml: cannot decode !!str `x` as a !!int'],
    ['a: .inf', 'json: unsupported value: +Inf'],
    ['~: a', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: "a"'],
    ['a: \u0001', 'yaml: control characters are not allowed'],
    ['['.repeat(10_001), 'yaml: exceeded max depth of 10000'],
    [
      Array.from(
        { length: 6 },
        (_, i) =>
          `a${i}: &a${i} [${Array(9)
            .fill(i === 0 ? 'x' : `*a${i - 1}`)
            .join(', ')}]`,
      ).join('\n'),
      'yaml: document contains excessive aliasing',
    ],
  ])('refuses %j as upstream does', (text, message) => {
    expect(valueOf(text)).toBe(message);
  });

  it('knows the place of every key and value', () => {
    const text = 'spec:\n  ports:\n  - hostPort: 80\n';
    const result = parseYaml(text, start);
    const root = result.kind === 'document' ? result.root : undefined;
    const spec = root?.kind === 'mapping' ? root.entryByKey.get('spec')?.node : undefined;
    const ports = spec?.kind === 'mapping' ? spec.entryByKey.get('ports')?.node : undefined;
    const port = ports?.kind === 'sequence' ? ports.items[0] : undefined;
    const entry = port?.kind === 'mapping' ? port.entryByKey.get('hostPort') : undefined;
    expect(text.slice(entry?.key.start.offset, entry?.key.end.offset)).toBe('hostPort');
    expect(text.slice(entry?.node.start.offset, entry?.node.end.offset)).toBe('80');
    expect(entry?.node.start).toEqual({ offset: 29, line: 2, column: 14 });
  });

  it('remembers keys that stand twice, and keeps the last', () => {
    const result = parseYaml('a: 1\nb: 2\na: 3\n', start);
    expect(result).toMatchObject({
      root: { value: { a: 3, b: 2 } },
      duplicates: [{ key: 'a', range: { start: { line: 2 } }, first: { start: { line: 0 } } }],
    });
  });

  it('reads back every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // go-yaml forbids control characters, and JSON has no minus zero.
        const text = JSON.stringify(value).replace(/[\x7f-\x9f]|-0(?![.\d])/g, 'x');
        const expected: unknown = JSON.parse(text);
        if (/[\ud800-\udfff]|\\u|__proto__|\d{16}/.test(text)) return;
        expect(valueOf(`- ${text}`)).toEqual([expected]);
      }),
      { numRuns: 300 },
    );
  });

  it('survives any text', () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      ': ',
      '- ',
      '\n',
      '  ',
      '\t',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      '#',
      '&x ',
      '*x',
      '!',
      '|',
      '>',
      '---\n',
      '...',
      '\0',
      '：',
      '<<',
      '?',
      '%',
      '\r\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          expect(['document', 'error']).toContain(parseYaml(text, start).kind);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
