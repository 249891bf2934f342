import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeObject } from '../../api/decode/decode-object.ts';
import { parseManifest } from '../../api/decode/parse-manifest.ts';
import type { KubeObject } from '../../api/types.ts';
import { recordedCluster } from '../../api/verdict.testing.ts';
import { isRefusal, type AdmissionRequest } from './admission-request.ts';
import { judgeObject, prepareObject } from './admit.ts';
import type { AdmissionRules } from './further-rules.ts';
import { isPlainNewPod, newPodRules } from './new-pod.ts';

const request: AdmissionRequest = { namespace: 'default', lookup: recordedCluster };

function answer(rules: AdmissionRules, pod: KubeObject): unknown {
  const prepared = rules.prepareObject(pod, request);
  return isRefusal(prepared) ? prepared : { prepared, judged: rules.judgeObject(prepared, request) };
}

/** Every Pod of the recorded requests that can be decoded. */
function recordedPods(): KubeObject[] {
  const lines = globSync('src/sim/recordings/apiserver/*.jsonl').flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  return lines.flatMap((line) => {
    const { manifest } = JSON.parse(line) as { readonly manifest?: string };
    return parseManifest(manifest ?? '').documents.flatMap((document) => {
      if (document.kind === 'refused' || document.resource.kind !== 'Pod') return [];
      const decoded = decodeObject(document);
      if (decoded.kind === 'refused') return [];
      const object = decoded.object as unknown as KubeObject;
      return [{ ...object, metadata: { ...object.metadata, name: document.name, namespace: 'default' } } as KubeObject];
    });
  });
}

describe('the rules for plain new Pods', () => {
  it('answer as the rules for everything do', () => {
    const pods = recordedPods().filter((pod) => isPlainNewPod(pod, request));
    expect(pods.length).toBeGreaterThan(1000);
    for (const pod of pods) expect(answer(newPodRules, pod)).toEqual(answer({ prepareObject, judgeObject }, pod));
  });

  it('leave affinity, changes, other kinds and namespaces with Pod Security to the others', () => {
    const [pod] = recordedPods();
    if (pod?.kind !== 'Pod') throw new Error('the recordings begin with a Pod');
    expect(isPlainNewPod(pod, request)).toBe(true);
    expect(isPlainNewPod({ ...pod, spec: { ...pod.spec, affinity: {} } }, request)).toBe(false);
    expect(isPlainNewPod(pod, { ...request, old: pod })).toBe(false);
    expect(isPlainNewPod(pod, { ...request, namespace: 'psa-baseline' })).toBe(false);
    expect(isPlainNewPod({ ...pod, kind: 'Service' } as unknown as KubeObject, request)).toBe(false);
  });
});
