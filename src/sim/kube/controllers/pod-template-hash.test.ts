import { describe, expect, it } from 'vitest';
import type { PodTemplateSpec } from '../api/types-pod.ts';
import { templateHash } from './pod-template-hash.ts';

/** A template as the API stores it after defaulting. */
function template(app: string, container: object): PodTemplateSpec {
  return {
    metadata: { labels: { app } },
    spec: {
      containers: [
        {
          imagePullPolicy: 'Always',
          name: app,
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          ...container,
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    },
  };
}

describe('the hash in a ReplicaSet’s name', () => {
  it.each([
    [{ image: 'luksa/kubia' }, 'f877cc859'],
    [{ image: 'luksa/kubia', ports: [{ containerPort: 8080, protocol: 'TCP' }] }, '5d7cd54978'],
    [{ image: 'luksa/kubia', ports: [{ containerPort: 8080, hostPort: 9000, protocol: 'TCP' }] }, '7f87d87dd9'],
    [{ image: 'luksa/kubia', env: [{ name: 'X', value: '1' }], ports: [{ containerPort: 8080, hostPort: 9000, protocol: 'TCP' }] }, '758bc7649d'],
  ])('is the recorded one for %j', (container, hash) => {
    expect(templateHash(template('kubia', container), undefined)).toBe(hash);
  });

  it('follows quantities and collisions', () => {
    const limited = template('kubia', { image: 'nginx', resources: { limits: { cpu: '500m', memory: '1Gi' } } });
    expect(templateHash(limited, undefined)).not.toBe(templateHash(limited, 1));
  });
});
