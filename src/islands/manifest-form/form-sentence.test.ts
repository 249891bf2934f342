import { describe, expect, it } from 'vitest';
import { createTranslate } from '../../i18n/create-translate.ts';
import en from '../../../content/locales/en.json' with { type: 'json' };
import zh from '../../../content/locales/zh.json' with { type: 'json' };
import { readForm } from './edit-manifest.ts';
import { sentence } from './form-sentence.ts';

function say(tag: string, messages: typeof zh.messages | typeof en.messages, spec: string): string {
  const form = readForm(`kind: Pod\nspec:\n${spec}  containers:\n  - name: a\n`);
  if (form.kind !== 'pod') throw new Error('not a Pod');
  return sentence(createTranslate(tag, [messages]), form);
}

describe('the sentence about a Pod', () => {
  it('says which of the three are the node’s', () => {
    expect(say('zh-CN', zh.messages, '  hostNetwork: true\n')).toBe('这个 Pod 用的是节点的网络；进程和IPC仍是自己的。');
    expect(say('en', en.messages, '  hostPID: true\n  hostIPC: true\n')).toBe(
      'This Pod uses the node’s processes and IPC; network is still its own.',
    );
  });

  it('adds what the containers share among themselves', () => {
    expect(say('en', en.messages, '  shareProcessNamespace: true\n')).toContain('see each other’s processes');
  });
});
