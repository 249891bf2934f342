import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../types.ts';
import { applyDefaults } from './apply-defaults.ts';
import { defaultPullPolicy } from './image-tag.ts';

/** A decoded object: nothing mandatory is known to be there. */
const defaulted = (object: unknown): KubeObject => applyDefaults(object as KubeObject);

describe('the pull policy that goes with an image', () => {
  it.each([
    ['alpine', 'Always'],
    ['alpine:latest', 'Always'],
    ['alpine:3.20', 'IfNotPresent'],
    ['registry.example:5000/a/b', 'Always'],
    ['registry.example:5000/a/b:1', 'IfNotPresent'],
    [`alpine@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
  ])('%s: %s', (image, policy) => {
    expect(defaultPullPolicy(image)).toBe(policy);
  });
});

describe('defaults', () => {
  const container = { name: 'main', image: 'alpine:3.20' };

  it('turn limits into requests in a Pod, but not in a template', () => {
    const limited = {
      containers: [{ ...container, resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } } }],
    };
    expect(defaulted({ kind: 'Pod', spec: limited })).toMatchObject({
      spec: {
        containers: [{ resources: { requests: { cpu: '500m', memory: '1Gi' } } }],
        enableServiceLinks: true,
      },
    });
    expect(defaulted({ kind: 'Deployment', spec: { template: { spec: limited } } })).toMatchObject({
      spec: { template: { spec: { containers: [{ resources: { requests: { cpu: '500m' } } }] } } },
    });
  });

  it('fill in probes', () => {
    const livenessProbe = { httpGet: { port: 80 }, timeoutSeconds: 0 };
    expect(defaulted({ kind: 'Pod', spec: { containers: [{ ...container, livenessProbe }] } })).toMatchObject({
      spec: {
        containers: [
          {
            livenessProbe: {
              httpGet: { path: '/', port: 80, scheme: 'HTTP' },
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
          },
        ],
      },
    });
  });

  it('know how a Deployment rolls', () => {
    expect(defaulted({ kind: 'Deployment', spec: {} })).toMatchObject({
      spec: {
        replicas: 1,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 10,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      },
    });
    const recreated = defaulted({ kind: 'Deployment', spec: { strategy: { type: 'Recreate' } } });
    expect(recreated).not.toHaveProperty('spec.strategy.rollingUpdate');
  });

  it('let a Service target the port it listens on', () => {
    expect(defaulted({ kind: 'Service', spec: { ports: [{ port: 80 }] } })).toMatchObject({
      spec: {
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
      },
    });
  });

  it('leave alone what was given, and change nothing the second time', () => {
    const once = defaulted({ kind: 'Pod', spec: { restartPolicy: 'Never', containers: [container] } });
    expect(once).toMatchObject({ spec: { restartPolicy: 'Never' } });
    expect(applyDefaults(once)).toEqual(once);
  });
});
