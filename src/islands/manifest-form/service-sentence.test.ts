import { describe, expect, it } from 'vitest';
import { createTranslate } from '../../i18n/create-translate.ts';
import en from '../../../content/locales/en.json' with { type: 'json' };
import zh from '../../../content/locales/zh.json' with { type: 'json' };
import { readObjects } from './read-form.ts';
import { serviceSentence } from './service-sentence.ts';

function say(tag: 'zh-CN' | 'en', spec: string): string {
  const objects = readObjects(`kind: Service\nspec:\n${spec}`);
  const [it] = 'kind' in objects ? [] : objects;
  if (!it) throw new Error('not a Service');
  return serviceSentence(createTranslate(tag, [tag === 'en' ? en.messages : zh.messages]), it);
}

describe('the sentence about a Service', () => {
  it('says whom it finds and by which ports', () => {
    const spec = '  type: NodePort\n  selector:\n    app: web\n    tier: front\n  ports:\n  - port: 80\n    targetPort: 8080\n    nodePort: 30080\n';
    expect(say('zh-CN', spec)).toBe(
      '它把连接转给带有标签 app=web和tier=front 的 Pod。集群里访问它的 80，就到了 Pod 的 8080。每个节点的 30080 端口也通到那里。',
    );
    expect(say('en', spec)).toBe(
      'It passes connections on to the Pods labelled app=web and tier=front. Inside the cluster, its port 80 leads to 8080 of a Pod. Port 30080 of every node leads there too.',
    );
  });

  it('says what is left to the API server, and what is missing', () => {
    expect(say('en', '  type: NodePort\n  selector: {app: web}\n  ports: [{port: 80}]\n')).toMatch(/leads to 80 of a Pod\. .*picks the number\.$/);
    expect(say('en', '  selector: {app: web}\n  ports: [{port: 80}]\n')).not.toContain('node');
    expect(say('en', '  ports: [{port: 80}]\n')).toBe('It has no selector and will not look for Pods by itself.');
  });
});
