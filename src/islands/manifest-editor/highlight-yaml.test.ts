import { describe, expect, it } from 'vitest';
import { highlightYaml } from './highlight-yaml.ts';

const kinds = (line: string) =>
  highlightYaml(line)
    .filter((token) => token.text.trim() !== '')
    .map((token) => `${token.kind}:${token.text}`);

describe('highlightYaml', () => {
  it('gives back exactly the line', () => {
    for (const line of ['  - name: "a: b" # c', 'x', '', '\t', '- {a: 1, b: [x, "y"]}', "it's: ok", '--- # x']) {
      expect(
        highlightYaml(line)
          .map((token) => token.text)
          .join(''),
      ).toBe(line);
    }
  });

  it('tells keys from values', () => {
    expect(kinds('  hostNetwork: true')).toEqual(['key:hostNetwork', 'mark::', 'value:true']);
    expect(kinds('  - name: main')).toEqual(['mark:-', 'key:name', 'mark::', 'text: main']);
    expect(kinds('image: luksa/kubia:v1')).toEqual(['key:image', 'mark::', 'text: luksa/kubia:v1']);
  });

  it('knows strings, numbers and comments', () => {
    expect(kinds('command: ["/bin/sleep", "999999"] # long')).toEqual([
      'key:command',
      'mark::',
      'mark:[',
      'string:"/bin/sleep"',
      'mark:,',
      'string:"999999"',
      'mark:]',
      'comment:# long',
    ]);
    expect(kinds('    hostPort: 9000')).toEqual(['key:hostPort', 'mark::', 'value:9000']);
  });
});
