import { describe, expect, it } from 'vitest';
import { Simulation } from '../../engine/simulation.ts';
import { ApiServer } from './api-server.ts';
import { EventRecorder } from './event-recorder.ts';
import type { ApiObject } from './object.ts';
import { noRules } from './rules.ts';

function recorder(): { readonly record: (message: string) => void; readonly texts: () => string[] } {
  const server = new ApiServer({ simulation: new Simulation({ seed: 's', epoch: 0 }), rules: noRules });
  const events = new EventRecorder({ server, component: 'kubelet', host: 'n1' });
  const object: ApiObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', uid: 'u' } };
  return {
    record: (message) => events.record({ object, type: 'Warning', reason: 'Failed', message }),
    texts: () => [...server.storage.objects('events')].map((event) => `${String(event.count)} ${event.message ?? ''}`),
  };
}

describe('recording events', () => {
  it('counts equal ones', () => {
    const { record, texts } = recorder();
    record('a');
    record('b');
    record('a');
    expect(texts()).toEqual(['2 a', '1 b']);
  });

  it('combines the tenth different message of a reason', () => {
    const { record, texts } = recorder();
    for (let i = 0; i < 12; i++) record(`no ${String(i)}`);
    expect(texts().slice(-1)).toEqual(['3 (combined from similar events): no 11']);
    expect(texts()).toHaveLength(10);
  });

  it('drops a flood', () => {
    const { record, texts } = recorder();
    for (let i = 0; i < 40; i++) record('same');
    expect(texts()).toEqual(['25 same']);
  });
});
