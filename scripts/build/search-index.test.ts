import { describe, expect, it } from 'vitest';
import { sectionsOf } from './search-index.ts';

const page = (body: string): string =>
  `<!doctype html><html><body><header>bar</header><main><article class="prose read">${body}</article></main></body></html>`;

describe('sectionsOf', () => {
  it('gives one section per heading, with its address, and what stands before the first under the title', () => {
    expect(
      sectionsOf(
        page('<h1><span>a,</span><span>b</span></h1><p>one</p><p>two</p><h2 id="c-d">C <code>d</code></h2><ul><li>x</li><li>y</li></ul>'),
        'm/l/',
      ),
    ).toEqual([
      { path: 'm/l/', page: 'a,b', heading: 'a,b', text: 'one two' },
      { path: 'm/l/#c-d', page: 'a,b', heading: 'C d', text: 'x y' },
    ]);
  });

  it('takes the address of a section for a heading without one, and of a row of a table', () => {
    const html = page(
      '<h1>G</h1><section id="node"><h2>节点<span>node</span></h2><p>t</p></section><table><tbody><tr id="command-ps"><th>ps</th><td>lists</td></tr></tbody></table>',
    );
    expect(sectionsOf(html, 'glossary/').map(({ path, heading, text }) => [path, heading, text])).toEqual([
      ['glossary/', 'G', ''],
      ['glossary/#node', '节点 node', 't'],
      ['glossary/#command-ps', 'ps', 'lists'],
    ]);
  });

  it('gives no prediction away and leaves out drawings, scripts, and what is only clicked', () => {
    const html = page(
      '<h1>T</h1><section><fieldset><legend>Which?</legend></fieldset><details><summary>Show</summary>the answer</details></section><svg><text>drawn</text></svg><script>code()</script><nav>next</nav><p data-print="no">only here</p>',
    );
    expect(sectionsOf(html, '')).toEqual([{ path: '', page: 'T', heading: 'T', text: 'Which?' }]);
  });

  it('has nothing for a page without running text', () => {
    expect(sectionsOf('<html><body><p>x</p></body></html>', '')).toEqual([]);
  });
});
