import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse-template.ts';
import { runTemplate } from './run-template.ts';

const data = { items: [{ metadata: { name: 'a', labels: { 'x.y/z': '1' } }, n: 2 }, { metadata: { name: 'b' } }] };
const text = (template: string): string => runTemplate(parseTemplate(template), data);

describe('Go templates', () => {
  it('range, choose and index', () => {
    expect(text('{{range $i, $p := .items}}{{if $i}},{{end}}{{.metadata.name}}{{end}}')).toBe('a,b');
    expect(text('{{index (index .items 0).metadata.labels "x.y/z"}} {{len .items}}')).toBe('1 2');
    expect(text('{{with .nope}}x{{else}}none{{end}} {{.nope}}')).toBe('none <no value>');
  });

  it('compare, join and format', () => {
    expect(text('{{range .items}}{{if eq .metadata.name "b"}}{{printf "%s-%d" .metadata.name 7}}{{end}}{{end}}')).toBe('b-7');
    expect(text('{{- range .items -}} {{ .metadata.name | printf "<%s>" }} {{- end -}}')).toBe('<a><b>');
  });

  it('say what they do not know', () => {
    expect(() => parseTemplate('{{nope .}}')).toThrow('function "nope" not defined');
    expect(() => parseTemplate('{{range .items}}')).toThrow('unexpected EOF');
  });
});
