import { describe, expect, it } from 'vitest';
import { findCause } from './explain-yaml.ts';
import { parseManifest } from './parse-manifest.ts';
import { parseQuantity } from './quantity.ts';
import { parseTime } from './time.ts';

const quantityText = (text: string): string => {
  const result = parseQuantity(text);
  return result.kind === 'quantity' ? result.quantity.text : result.message;
};

describe('a quantity', () => {
  it.each([
    ['0', '0'],
    ['0.0', '0'],
    ['0m', '0'],
    ['100m', '100m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['1e3', '1e3'],
    ['1000000', '1M'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['1025Mi', '1025Mi'],
    ['1.1Mi', '1153433600m'],
    ['0.0001n', '1n'],
    ['-500m', '-500m'],
    ['+5', '+5'],
    ['100Ei', '9223372036854775807'],
    ['10k', '10k'],
  ])('%s is written %s', (text, canonical) => {
    expect(quantityText(text)).toBe(canonical);
  });

  it.each(['', 'lots', '128mb', '5 Mi', '1g', '0x1'])('cannot be %j', (text) => {
    expect(quantityText(text)).toMatch(/^quantities must match the regular expression/);
  });

  it('has no unknown suffix', () => {
    expect(quantityText('1K')).toBe("unable to parse quantity's suffix");
  });
});

describe('a time', () => {
  it('is written in UTC', () => {
    expect(parseTime('2024-01-01T10:00:00+02:00', false)).toEqual({
      kind: 'time',
      text: '2024-01-01T08:00:00Z',
    });
    expect(parseTime('2024-01-01T10:00:00.123456Z', true)).toEqual({
      kind: 'time',
      text: '2024-01-01T10:00:00.123456Z',
    });
  });

  it.each([
    ['soon', 'parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"'],
    ['2024-13-01T00:00:00Z', 'parsing time "2024-13-01T00:00:00Z": month out of range'],
    ['2024-02-30T00:00:00Z', 'parsing time "2024-02-30T00:00:00Z": day out of range'],
    ['2024-01-01T00:00:00', 'parsing time "2024-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"'],
  ])('cannot be %j', (text, message) => {
    expect(parseTime(text, false)).toEqual({ kind: 'error', message });
  });
});

describe('the cause of a YAML error', () => {
  const good = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p1\nspec:\n  hostNetwork: true\n  containers:\n  - name: main\n    image: alpine\n';

  it.each([
    ['hostNetwork: true', 'hostNetwork：true', 'fullWidthColon', '6'],
    ['hostNetwork: true', 'hostNetwork:true', 'noSpaceAfterColon', '6'],
    ['hostNetwork: true', 'hostNetwork true', 'noColon', '6'],
    ['hostNetwork: true', 'hostNetwork:\u00a0true', 'noBreakSpace', '6'],
    ['  hostNetwork', '\thostNetwork', 'tab', '6'],
    ['  hostNetwork', '   hostNetwork', 'indentation', '7'],
    ['spec:', 'spec', 'noColon', '5'],
    ['- name', '-name', 'noSpaceAfterDash', '8'],
    ['- name', '－ name', 'fullWidthDash', '8'],
    ['image: alpine', 'image: "alpine', 'openQuote', '9'],
    ['image: alpine', 'image: @alpine', 'reservedCharacter', '9'],
    ['image: alpine', 'image: {{ .Values.image }}', 'template', '9'],
    ['image: alpine', 'command: ["sleep"， "9"]', 'fullWidthComma', '9'],
    ['image: alpine', 'command: [sleep, 9', 'openBracket', '9'],
    ['    image', '     image', 'indentation', '9'],
    ['name: p1', 'name: p1: x', 'twoColons', '4'],
    ['apiVersion', '$ cat pod.yaml\napiVersion', 'prompt', '1'],
    ['apiVersion', '```yaml\napiVersion', 'codeFence', '1'],
  ])('of %j typed as %j is %s in line %s', (...[from, to, cause, line]) => {
    expect(parseManifest(good.replace(from, to)).error).toMatchObject({
      code: 'yaml',
      params: { cause, line },
    });
  });

  it('is not guessed where nothing fits', () => {
    expect(findCause(good, 3)).toBeUndefined();
  });
});
