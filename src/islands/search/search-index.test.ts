import { describe, expect, it } from 'vitest';
import { createSearch } from './search-index.ts';
import type { Piece, Section } from './search-index.ts';
import { termsOfQuery, termsOfText } from './search-terms.ts';

const sections: readonly Section[] = [
  {
    path: 'network/node-ports/',
    page: '借节点的一个端口',
    heading: '节点的 9000 端口通了',
    text: '在容器的端口上写 hostPort，节点就把自己的这个端口转给它。',
  },
  {
    path: 'network/node-ports/#ss',
    page: '借节点的一个端口',
    heading: '没有人在监听',
    text: 'ss 列的是这个网络命名空间里正在监听的程序，而 9000 上没有程序。',
  },
  {
    path: 'glossary/#zombie',
    page: '术语',
    heading: '僵尸 zombie',
    text: '已经结束、父进程还没有回收的进程。设了 shareProcessNamespace: true，1 号进程是 pause。',
  },
  { path: 'glossary/#api', page: '术语', heading: '名字空间', text: 'Kubernetes API 里给对象分组的 Namespace。' },
  {
    path: 'reference/messages/#portInUse',
    page: '报错',
    heading: 'Error: listen EADDRINUSE',
    text: '同一个网络命名空间里，已经有程序占着这个地址和端口。',
  },
];
const search = createSearch(sections);
const paths = (query: string): readonly string[] => search(query).map(({ path }) => path);
const hits = (pieces: readonly Piece[]): readonly string[] => pieces.filter(({ hit }) => hit).map(({ text }) => text);

describe('search', () => {
  it.each([
    ['hostPort', 'network/node-ports/'],
    ['hostport', 'network/node-ports/'],
    ['EADDRINUSE', 'reference/messages/#portInUse'],
    ['僵尸', 'glossary/#zombie'],
    ['zombies', 'glossary/#zombie'],
    ['shareProcessNamespace', 'glossary/#zombie'],
    ['process namespace', 'glossary/#zombie'],
    ['sharePro', 'glossary/#zombie'],
    ['没有人', 'network/node-ports/#ss'],
    ['shareProcesNamespace', 'glossary/#zombie'],
  ])('finds %s first in %s', (query, path) => {
    expect(paths(query)[0]).toBe(path);
  });

  it('puts a heading before a text that has the same word', () => {
    expect(paths('端口').slice(0, 1)).toEqual(['network/node-ports/']);
    expect(paths('端口')).toContain('reference/messages/#portInUse');
  });

  it('keeps 命名空间 and 名字空间 apart', () => {
    expect(paths('名字空间')).toEqual(['glossary/#api']);
    expect(paths('命名空间')).not.toContain('glossary/#api');
  });

  it('finds any part of a Chinese text, a single character included', () => {
    expect(paths('尸')).toEqual(['glossary/#zombie']);
    expect(paths('父进程还没')).toEqual(['glossary/#zombie']);
  });

  it('answers a question that no section has all words of with what comes nearest', () => {
    expect(paths('为什么 listen 失败')[0]).toBe('reference/messages/#portInUse');
  });

  it('finds nothing for nothing, for blanks and signs, and for words that do not occur', () => {
    expect(['', '  ', '。？!', 'qqqq', '龘'].map((query) => search(query))).toEqual([[], [], [], [], []]);
  });

  it('shows the place of the hit, however deep in the text, and marks it', () => {
    const long = createSearch([{ path: 'a', page: 'A', heading: 'A', text: `${'word '.repeat(80)}needle ${'word '.repeat(80)}` }]);
    const [result] = long('needle');
    expect(hits(result?.excerpt ?? [])).toEqual(['needle']);
    const text = (result?.excerpt ?? []).map((piece) => piece.text).join('');
    expect(text.length).toBeLessThan(140);
    expect(text).toMatch(/^…word /);
    expect(hits(search('端口')[0]?.heading ?? [])).toEqual(['端口']);
  });

  it('lets no page push the others out', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ path: `a/#${String(index)}`, page: 'A', heading: `pod ${String(index)}`, text: '' }));
    const found = createSearch([...many, { path: 'b/', page: 'B', heading: 'B', text: 'a pod' }])('pod');
    expect(found.filter(({ page }) => page === 'A')).toHaveLength(4);
    expect(found.map(({ path }) => path)).toContain('b/');
  });
});

describe('terms', () => {
  it('takes names whole and by their words, Chinese in pairs, full-width letters as ordinary ones', () => {
    expect(termsOfText('CNIPlugin 端口映射 ＨostPort')).toEqual([
      'cniplugin',
      'cni',
      'plugin',
      '端口',
      '口映',
      '映射',
      '射',
      'hostport',
      'host',
      'port',
    ]);
    expect(termsOfQuery('hostPort 端口 网')).toEqual(['hostport', '端口', '网']);
  });
});
