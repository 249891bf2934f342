// Translations from a translator's side: a folder of texts, the commands, and what readers are shown.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept, keepMeaning } from './accept.ts';
import { hashOf, partsOf } from './blocks.ts';
import { compareBlocks } from './compare.ts';
import { readRecord } from './files.ts';
import { markStale } from './mark-stale.ts';
import { reviewAll, reviewText, statusLines } from './review.ts';

const source = `---
title: 标题
goals:
  a:
    title: 目标
---

第一段。

## 小标题

\`\`\`sh
ps aux
\`\`\`

<Callout kind="trap">

  当心。

</Callout>
`;
const translation = `---
title: Title
goals:
  a:
    title: Goal
---

First paragraph.

## Heading

\`\`\`sh
ps aux
\`\`\`

<Callout kind="trap">

  Careful.

</Callout>
`;

let folder: string;
const file = (path: string): string => join(folder, path);
const write = (path: string, text: string): void => {
  mkdirSync(dirname(file(path)), { recursive: true });
  writeFileSync(file(path), text);
};
const zh = 'content/pages/p/zh.mdx';
const en = 'content/pages/p/en.mdx';
const change = (path: string, from: string, to: string): void => {
  const text = readFileSync(file(path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(file(path), text.replace(from, to));
};
const review = () => reviewText(file(zh), file(en));
const places = (): readonly string[] => review().tasks.map(({ kind, place }) => `${kind} ${place}`);
const marked = (): string =>
  markStale({
    text: readFileSync(file(en), 'utf8'),
    source: readFileSync(file(zh), 'utf8'),
    record: readRecord(file(en)),
    same: existsSync(file('content/pages/p/zh.same.json'))
      ? (JSON.parse(readFileSync(file('content/pages/p/zh.same.json'), 'utf8')) as Record<string, string>)
      : {},
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'translations-'));
  write(zh, source);
  write(en, translation);
  write('content/locales/zh.json', JSON.stringify({ name: '中文', tag: 'zh-CN', messages: { hello: '你好', bye: '再见' } }));
  write('content/locales/en.json', JSON.stringify({ name: 'English', tag: 'en', messages: { hello: 'Hello', bye: 'Bye' } }));
  mkdirSync(file('content/locales/made-from'));
  accept(file(en));
  accept(file('content/locales/en.json'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a translation that was accepted', () => {
  it('is up to date, and its page is what was written', () => {
    expect(review().state).toBe('current');
    expect(marked()).toBe(translation);
    expect(statusLines(reviewAll(file('content'))).at(-1)).toBe('2 of 2 texts are up to date');
  });

  it('stays so when the source is only set anew', () => {
    change(zh, '第一段。', '第一段。\n');
    change(zh, '  当心。', '   当心。');
    expect(review().state).toBe('current');
  });

  it('stays so when paragraphs of the source change places', () => {
    change(zh, '第一段。\n\n## 小标题', '## 小标题\n\n第一段。');
    expect(review().state).toBe('current');
    expect(marked()).not.toContain('<Stale');
  });
});

describe('a source that changed', () => {
  it('makes exactly the changed paragraph stale, and shows it with the source', () => {
    change(zh, '第一段。', '第一段，改过。');
    expect(places()).toEqual(['changed block 1']);
    expect(marked()).toContain('<Stale kind="changed">\n\nFirst paragraph.\n\n<div slot="source">\n\n第一段，改过。\n\n</div>\n\n</Stale>');
    expect(marked().match(/<Stale/g)).toHaveLength(1);
  });

  it('counts every blank of a code block', () => {
    change(zh, 'ps aux', 'ps  aux');
    expect(places()).toEqual(['changed block 3']);
  });

  it('shows a changed component as its source, so that nothing stands twice in the page', () => {
    change(zh, '当心。', '要当心。');
    expect(marked()).toContain('````mdx\n<Callout kind="trap">');
  });

  it('puts a new paragraph where it belongs, and tells one that was taken away', () => {
    change(zh, '## 小标题', '新的一段。\n\n## 小标题');
    expect(places()).toEqual(['missing block 2']);
    expect(marked()).toMatch(/First paragraph\.\n\n<Stale kind="missing">\n\n新的一段。\n\n<\/Stale>\n\n## Heading/);
    change(zh, '第一段。\n\n新的一段。\n\n', '');
    expect(places()).toEqual(['gone block 1']);
    expect(marked()).toContain('<Stale kind="gone">\n\nFirst paragraph.\n\n</Stale>');
  });

  it('names changed titles to the reader, and only counts what stands at the bench', () => {
    change(zh, 'title: 标题', 'title: 新标题');
    change(zh, 'title: 目标', 'title: 新目标');
    expect(places()).toEqual(['changed title', 'changed goals.a.title']);
    expect(marked()).toContain('<Stale kind="head" texts={["新标题"]} others={1} whole={false} />');
  });

  it('makes messages stale as well', () => {
    change('content/locales/zh.json', '你好', '您好');
    const [messages] = reviewAll(file('content'));
    expect(messages?.tasks.map(({ place }) => place)).toEqual(['hello']);
  });
});

describe('accepting', () => {
  it('takes one place and leaves the others stale', () => {
    change(zh, '第一段。', '第一段，改过。');
    change(zh, '## 小标题', '## 大标题');
    accept(file(en), ['block 1']);
    expect(places()).toEqual(['changed block 2']);
    accept(file(en));
    expect(review().state).toBe('current');
  });

  it('refuses a translation that lacks a block or a text, and names it', () => {
    change(en, '## Heading\n\n', '');
    expect(review().state).toBe('unrecorded');
    expect(() => accept(file(en))).toThrow('block 2 should be a heading, as in the source: ## 小标题');
    expect(marked()).toContain('whole={true}');
    write(en, translation.replace('    title: Goal', '    other: Goal'));
    expect(() => accept(file(en))).toThrow('lacks goals.a.title');
    write(en, `${translation}\nOne more.\n`);
    expect(() => accept(file(en))).toThrow('block 5 has no counterpart in the source: One more.');
  });
});

describe('a change that keeps the meaning', () => {
  it('leaves current translations current, through several such changes', () => {
    const before = partsOf(source);
    change(zh, '第一段。', '第一段！');
    expect(keepMeaning(file(zh), before)).toBe(1);
    expect(review().state).toBe('current');
    const between = partsOf(readFileSync(file(zh), 'utf8'));
    change(zh, '第一段！', '第一段…');
    keepMeaning(file(zh), between);
    expect(review().state).toBe('current');
    expect(marked()).toBe(translation);
  });

  it('does not hide what was stale before', () => {
    change(zh, '第一段。', '第一段，改过。');
    const between = partsOf(readFileSync(file(zh), 'utf8'));
    change(zh, '第一段，改过。', '第一段，改过！');
    keepMeaning(file(zh), between);
    expect(places()).toEqual(['changed block 1']);
  });
});

describe('the comparison of blocks', () => {
  const kinds = (recorded: string, current: string): string =>
    compareBlocks([...recorded], [...current], {})
      .map((state) => `${state.kind[0] ?? ''}${state.kind === 'gone' ? '' : String(state.source)}`)
      .join(' ');

  it.each([
    ['abc', 'abc', 'f0 f1 f2'],
    ['abc', 'aXc', 'f0 c1 f2'],
    ['abc', 'aXbc', 'f0 m1 f1 f2'.replace('f1 f2', 'f2 f3')],
    ['abc', 'ac', 'f0 g f1'],
    ['abc', 'cab', 'f1 f2 f0'],
    ['abc', 'XYZ', 'c0 c1 c2'],
    ['ab', 'abXY', 'f0 f1 m2 m3'],
    ['aab', 'aab', 'f0 f1 f2'],
    ['', 'ab', 'm0 m1'],
    ['ab', '', 'g g'],
  ])('of %s with %s is %s', (recorded, current, expected) => {
    expect(kinds(recorded, current)).toBe(expected);
  });

  it('knows texts by ten digits that blanks do not change', () => {
    expect(hashOf('a  b\n c')).toBe(hashOf('a b c'));
    expect(hashOf('a  b', true)).not.toBe(hashOf('a b', true));
    expect(hashOf('a')).toMatch(/^[0-9a-f]{10}$/);
  });
});

describe('the commands', () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [resolve('scripts/i18n.ts'), ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });

  it('status --check fails while something is to be done, and not after it was accepted', () => {
    expect(run('status', '--check').status).toBe(0);
    change(zh, '第一段。', '第一段，改过。');
    const stale = run('status', '--check');
    expect([stale.status, stale.stdout]).toEqual([1, `${en}: 1 changed\n1 of 2 texts are up to date\n`]);
    expect(run('status').status).toBe(0);
    expect(run('diff').stdout).toBe(`${en}, block 1: changed\n  + 第一段，改过。\n  = First paragraph.\n\n`);
    expect(run('accept', en).status).toBe(0);
    expect(run('status', '--check').status).toBe(0);
  });

  it('say in one line what is wrong with what they were given', () => {
    expect(run('accept', 'content/pages/q/en.mdx')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^content\/pages\/q\/en\.mdx: there is no [^\n]*\n$/) as unknown,
    });
    expect(run('acept').status).toBe(2);
  });

  it('same notes a change that keeps the meaning, from an earlier text', () => {
    write('old.mdx', source);
    change(zh, '第一段。', '第一段！');
    expect(run('same', zh, '--from=old.mdx').stdout).toBe(`${zh}: 1 changes keep the meaning\n`);
    expect(run('status', '--check').status).toBe(0);
  });
});

describe('a built page', () => {
  it('marks what is stale, with the source one toggle away, and nothing else', () => {
    change(zh, '第一段。', '第一段，改过。');
    change(zh, '## 小标题', '新的**一段**。\n\n## 小标题');
    change(zh, 'title: 标题', 'title: 新标题');
    symlinkSync(resolve('node_modules'), file('node_modules'), 'junction');
    for (const part of ['src/components', 'src/i18n']) cpSync(part, file(part), { recursive: true });
    for (const code of ['zh', 'en']) cpSync(`content/locales/${code}.json`, file(`content/locales/${code}.json`));
    write(
      'astro.config.mjs',
      [
        "import mdx from '@astrojs/mdx';",
        `import { staleTranslations } from ${JSON.stringify(resolve('scripts/build/stale-translations.ts'))};`,
        "export default { integrations: [mdx()], telemetry: false, i18n: { locales: ['zh', 'en'], defaultLocale: 'zh' }, vite: { plugins: [staleTranslations()] } };",
      ].join('\n'),
    );
    write(
      'src/pages/en/index.astro',
      [
        '---',
        "import { Content } from '../../../content/pages/p/en.mdx';",
        "import Callout from '../../components/Callout.astro';",
        "import Stale from '../../components/Stale.astro';",
        '---',
        '<html lang="en"><body><Content components={{ Callout, Stale }} /></body></html>',
      ].join('\n'),
    );
    const built = spawnSync(process.execPath, [resolve('node_modules/astro/bin/astro.mjs'), 'build'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ASTRO_TELEMETRY_DISABLED: '1', VITEST: '' },
    });
    expect(built.status, built.stdout + built.stderr).toBe(0);
    const html = readFileSync(file('dist/en/index.html'), 'utf8').replace(/ data-astro-[\w-]+(?:="[^"]*")?/g, '');
    expect(html.match(/data-stale="\w+"/g)).toEqual(['data-stale="head"', 'data-stale="changed"', 'data-stale="missing"']);
    expect(html).toMatch(/The 中文 source of the title or summary has changed[\s\S]*<details>[\s\S]*<p>新标题<\/p>/);
    expect(html).toMatch(/data-stale="changed">[\s\S]*First paragraph\.[\s\S]*<details>[\s\S]*lang="zh-CN">[\s\S]*第一段，改过。[\s\S]*<\/details>/);
    expect(html).toMatch(/data-stale="missing">[\s\S]*<div lang="zh-CN">[\s\S]*新的<strong>一段<\/strong>。/);
    expect(html).toMatch(/<\/div>\s*(?:<style>[^<]*<\/style>)?\s*<h2 id="heading">Heading<\/h2>/);
  }, 120_000);
});
