import { describe, expect, it } from 'vitest';
import { createTranslate } from '../../i18n/create-translate.ts';
import en from '../../../content/locales/en.json' with { type: 'json' };
import zh from '../../../content/locales/zh.json' with { type: 'json' };
import { sentence } from './form-sentence.ts';
import type { PodForm } from './form-state.ts';
import { readForm } from './read-form.ts';

function say(tag: string, messages: typeof zh.messages | typeof en.messages, spec: string): string {
  const form = readForm(`kind: Pod\nspec:\n${spec}  containers:\n  - name: a\n`);
  if (form.kind !== 'pod') throw new Error('not a Pod');
  return sentence(createTranslate(tag, [messages]), form);
}

describe('the sentence about a Pod', () => {
  it('says which of the three are the node’s', () => {
    expect(say('zh-CN', zh.messages, '  hostNetwork: true\n')).toBe('这个 Pod 用的是节点的网络；进程和IPC仍是自己的。域名由节点的 DNS 服务器解析。');
    expect(say('en', en.messages, '  hostPID: true\n  hostIPC: true\n')).toBe(
      'This Pod uses the node’s processes and IPC; network is still its own.',
    );
  });

  it('adds what the containers share among themselves', () => {
    expect(say('en', en.messages, '  shareProcessNamespace: true\n')).toContain('see each other’s processes');
  });

  const flag = [undefined, true];
  const port = (containerPort: string, hostPort: string, protocol = '') => ({
    container: 0,
    index: 0,
    containerPort,
    hostPort,
    hostIP: '',
    protocol,
  });
  const ports = [
    [],
    [port('8080', '')],
    [port('8080', '9000')],
    [port('8080', '9000'), port('80', '81')],
    [port('', '9000')],
    [port('53', '53', 'UDP')],
  ];
  const combinations = flag.flatMap((hostNetwork) =>
    flag.flatMap((hostPID) =>
      flag.flatMap((hostIPC) =>
        flag.flatMap((shareProcessNamespace) =>
          ['', 'ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'].flatMap((dnsPolicy) =>
            ports.flatMap((rows) =>
              [undefined, true, false].map((hostUsers): PodForm => ({
                kind: 'pod',
                at: 'spec',
                name: '',
                flags: { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers },
                dnsPolicy,
                containers: ['a', ...(rows.length === 1 ? ['b'] : [])].map((name, index) => ({ index, name, image: '', command: '', args: '' })),
                ports: rows,
              })),
            ),
          ),
        ),
      ),
    ),
  );

  it('is whole sentences for every combination, in both languages', () => {
    const english = createTranslate('en', [en.messages]);
    const chinese = createTranslate('zh-CN', [zh.messages]);
    expect(combinations.length).toBe(1440);
    for (const form of combinations) {
      const own = [form.flags.hostNetwork, form.flags.hostPID, form.flags.hostIPC].filter((flag) => flag !== true).length;
      const said = sentence(english, form);
      expect(said).toMatch(/^This Pod[^{}]*\.$/);
      expect(said).not.toMatch(/ {2}|undefined|\.\.|,,|(?<![.’s]) [A-Z][a-z]+ (?=the\b)/);
      for (const each of said.split('. ')) expect(each).toMatch(/^(?:This|Its|It|Each|Port|Root)\b/);
      if (said.includes('still its own')) expect(said).toMatch(own === 1 ? / is still its own/ : / and .* are still its own/);
      const told = sentence(chinese, form);
      expect(told).toMatch(/^这个 Pod[^{}]*。$/);
      expect(told).not.toMatch(/undefined|。。|[,;.]/);
    }
  });
});
