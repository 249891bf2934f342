import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { staticPodManifests } from './static-pods.ts';

describe('static Pod manifests', () => {
  const manifests = staticPodManifests({ name: 'server4-master', address: '192.168.2.204' });

  it('are those of the control plane', () => {
    expect(Object.keys(manifests)).toEqual(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']);
  });

  it('agree with the recorded one to the letter', () => {
    const scene = JSON.parse(readFileSync(new URL('../recordings/cluster/control-plane.json', import.meta.url), 'utf8')) as {
      readonly steps: readonly { readonly run?: string; readonly stdout?: string }[];
    };
    const recorded = scene.steps.find((step) => step.run === 'cat /etc/kubernetes/manifests/kube-scheduler.yaml');
    expect(manifests['kube-scheduler']).toBe(recorded?.stdout);
  });
});
