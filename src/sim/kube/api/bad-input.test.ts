import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedVerdict } from './verdict.testing.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: main\n    image: alpine\n';
const DEEP = 10_000;
const letters = [...'abcdefghijklmnop'];

/** Each line names the one before it twice or more: 2^15 or 9^15 values, were they written out. */
const bomb = (item: (before: string) => string): string =>
  letters.map((letter, index) => `${letter}: &${letter} ${index === 0 ? '{x: 1}' : item(`*${letters[index - 1] ?? ''}`)}`).join('\n');
const many = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('\n');

const TEXTS: Readonly<Record<string, () => string>> = {
  'a bomb of lists': () => bomb((before) => `[${Array(9).fill(before).join(', ')}]`),
  'a bomb of maps': () => bomb((before) => `{p: ${before}, q: ${before}}`),
  'a bomb of merges': () => bomb((before) => `{<<: [${before}, ${before}], y: ${before}}`),
  'a Pod with a bomb inside': () => `${POD}${bomb((before) => `[${Array(9).fill(before).join(', ')}]`)}\n`,
  'open brackets, one in the other': () => '['.repeat(DEEP),
  'lists, one in the other': () => '['.repeat(DEEP) + ']'.repeat(DEEP),
  'maps, one in the other': () => '{a: '.repeat(DEEP) + '}'.repeat(DEEP),
  'JSON, one in the other': () => '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP),
  'dashes, one in the other': () => `${'- '.repeat(DEEP)}a`,
  'questions, one in the other': () => '? '.repeat(DEEP),
  'a deep value in a Pod': () => `${POD}  x: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}\n`,
  'blocks, one in the other': () => many(3000, (index) => `${' '.repeat(index)}a:`),
  '10 MB of one value': () => `${POD}  x: ${'y'.repeat(10e6)}\n`,
  '10 MB of blanks': () => ' '.repeat(10e6),
  '10 MB of tabs': () => '\t'.repeat(10e6),
  '10 MB of comments': () => POD + '#c\n'.repeat(3.3e6),
  '10 MB of labels': () => `${POD}  labels:\n${many(400_000, (index) => `    key${String(index)}: value${String(index)}`)}\n`,
  '40,000 containers on one port': () => POD + many(40_000, (index) => `  - {name: c${String(index)}, image: alpine, ports: [{containerPort: 80}]}`),
  'a field that stands 100,000 times': () => POD + '  nodeName: a\n'.repeat(100_000),
  '20,000 unknown fields': () => POD + many(20_000, (index) => `  k${String(index)}: 1`),
  'a name of 200 KB': () => POD.replace('name: a', `name: ${'a-'.repeat(1e5)}`),
  'an image of 1 MB': () => POD.replace('alpine', 'a-'.repeat(5e5)),
  'a number of 1 MB': () => `${POD}  priority: ${'9'.repeat(1e6)}\n`,
  'an amount of 100 KB': () => `${POD}    resources: {limits: {cpu: "${'1'.repeat(1e5)}"}}\n`,
  'a million digits as an amount': () => `${POD}    resources: {limits: {cpu: "${'1'.repeat(1e6)}", memory: "${'1'.repeat(1e6)}Ki"}}\n`,
  'an amount with a million places': () => `${POD}    resources: {limits: {cpu: "0.${'1'.repeat(1e6)}"}}\n`,
  '5,000 small Pods': () => Array.from({ length: 5_000 }, (_, index) => POD.replace('name: a', `name: a${String(index)}`)).join('---\n'),
  'a million empty documents': () => '---\n'.repeat(1e6),
  'UTF-16, read as it stands': () => [...POD].map((each) => `${each}\0`).join(''),
  'half characters': () => POD.replace('name: a', 'name: "\ud800"\n  labels: {a: "\udc00\ud800"}'),
  'letters that run backwards': () => POD.replace('alpine', '\u202eenipla\u202c'),
  'lines that end as on old machines': () => POD.replaceAll('\n', '\r'),
  'references without end': () => `${POD}    env: [{name: A, value: "${'$('.repeat(1e6)}"}]\n`,
  'a million anchors and nothing': () => '&'.repeat(1e6),
};

describe('a manifest made to do harm', () => {
  it.each(Object.entries(TEXTS))('%s: has an answer soon, in bounded room', { timeout: 60_000 }, (_name, text) => {
    const manifest = text();
    const before = process.memoryUsage().heapUsed;
    // Of the processor, so that others who are busy meanwhile do not count.
    const begun = process.cpuUsage();
    const verdict = recordedVerdict(manifest);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(15_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(1.5e9);
    expect(verdict.exitCode === 0 ? verdict.accepted.length : verdict.problems.length).toBeGreaterThan(0);
  });

  it('is refused by the server when it is larger than a request may be', () => {
    expect(recordedVerdict(`${POD}  nodeName: ${'y'.repeat(3.2e6)}\n`).stderr).toBe(
      'Error from server (RequestEntityTooLarge): error when creating "manifest.yaml": Request entity too large: limit is 3145728\n',
    );
  });

  it('gets no more warnings than fit into the headers of an answer', () => {
    const { stderr, exitCode } = recordedVerdict(
      POD + many(300, (index) => `  - {name: c${String(index)}, image: alpine, ports: [{containerPort: 80}]}`),
    );
    expect(exitCode).toBe(0);
    expect(stderr.replaceAll(/^Warning: /gm, '').length).toBeLessThan(4 * 1024 + 256 + 100);
  });
});

describe('any bytes as a manifest', () => {
  it('end in a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), fc.nat(POD.length), (bytes, inside, place) => {
        const text = inside ? POD.slice(0, place) + Buffer.from(bytes).toString('utf8') + POD.slice(place) : Buffer.from(bytes).toString('latin1');
        const verdict = recordedVerdict(text);
        expect(verdict.exitCode).toBe(verdict.stderr.split('\n').some((line) => line !== '' && !line.startsWith('Warning: ')) ? 1 : 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('end in a verdict with a place in the text, whatever characters they are made of', () => {
    const odd = fc.constantFrom(
      '\ufeff',
      '\0',
      '\ud800',
      '\udc00',
      '\u202e',
      '\u2028',
      '\u0085',
      '\r',
      '\t',
      '：',
      '“',
      '　',
      '😀',
      '&a ',
      '*a',
      '!!binary ',
      '<<: ',
      '---\n',
      '...\n',
      '? ',
      '%YAML 9\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ maxLength: 5 })), { maxLength: 12 }), fc.nat(POD.length), (pieces, place) => {
        const text = POD.slice(0, place) + pieces.join('') + POD.slice(place);
        for (const { range } of recordedVerdict(text).problems) {
          if (range === undefined) continue;
          expect(range.start.offset).toBeGreaterThanOrEqual(0);
          expect(range.end.offset).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
