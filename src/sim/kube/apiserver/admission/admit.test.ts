import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/types.ts';
import { recordedCluster } from '../../api/verdict.testing.ts';
import { isRefusal } from './admission-request.ts';
import { judgeObject, prepareObject } from './admit.ts';

const request = { namespace: 'default', lookup: recordedCluster };

/** A decoded object: nothing mandatory is known to be there. */
const decoded = (object: unknown): KubeObject => object as KubeObject;

function podWith(spec: object): KubeObject {
  const containers = [{ name: 'main', image: 'alpine' }];
  return decoded({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p1', namespace: 'default' },
    spec: { containers, ...spec },
  });
}

function serviceWith(spec: object): KubeObject {
  const ports = [{ port: 80 }];
  return decoded({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's1', namespace: 'default' },
    spec: { ports, ...spec },
  });
}

function refusalOf(object: KubeObject): string | undefined {
  const prepared = prepareObject(object, request);
  return isRefusal(prepared) ? prepared.message : judgeObject(prepared, request).refused?.message;
}

describe('admission of a new object', () => {
  it('gives a Pod its account, its token, its priority and its tolerations', () => {
    const token = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true };
    expect(prepareObject(podWith({}), request)).toMatchObject({
      spec: {
        serviceAccountName: 'default',
        priority: 0,
        containers: [{ volumeMounts: [token] }],
        tolerations: [{ key: 'node.kubernetes.io/not-ready' }, { key: 'node.kubernetes.io/unreachable' }],
      },
    });
  });

  it('mounts no token where a Pod does not want one', () => {
    const prepared = prepareObject(podWith({ automountServiceAccountToken: false }), request);
    expect(prepared).not.toHaveProperty('spec.volumes');
  });

  it('refuses accounts, priority classes and runtime classes that this cluster does not have', () => {
    expect(refusalOf(podWith({ serviceAccountName: 'robot' }))).toBe(
      'pods "p1" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
    );
    expect(refusalOf(podWith({ priorityClassName: 'first' }))).toBe('pods "p1" is forbidden: no PriorityClass with name first was found');
    expect(refusalOf(podWith({ runtimeClassName: 'vm' }))).toBe('pods "p1" is forbidden: pod rejected: RuntimeClass "vm" not found');
    expect(refusalOf(podWith({ overhead: { cpu: '1' } }))).toBe(
      'pods "p1" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    );
  });

  it('drops fields of features that are switched off', () => {
    const containers = [{ name: 'main', image: 'alpine', lifecycle: { stopSignal: 'SIGINT' } }];
    const volumes = [{ name: 'v', emptyDir: { medium: 'Memory', mode: 448 } }];
    const prepared = prepareObject(podWith({ containers, volumes, schedulingGroup: {} }), request);
    expect(prepared).not.toHaveProperty('spec.containers[0].lifecycle');
    expect(prepared).not.toHaveProperty('spec.schedulingGroup');
    expect(prepared).toMatchObject({ spec: { volumes: [{ emptyDir: { medium: 'Memory' } }, {}] } });
  });

  it('makes host ports of all ports of a Pod on the network of its node', () => {
    const containers = [{ name: 'main', image: 'alpine', ports: [{ containerPort: 80 }] }];
    expect(prepareObject(podWith({ hostNetwork: true, containers }), request)).toMatchObject({
      spec: { containers: [{ ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }] }] },
    });
  });

  it('refuses what the Service network of this cluster cannot give', () => {
    expect(refusalOf(serviceWith({ clusterIP: '10.96.0.300' }))).toContain('must be a valid IP address');
    expect(refusalOf(serviceWith({ clusterIP: '192.168.1.1' }))).toContain('The range of valid IPs is 10.96.0.0/12');
    expect(refusalOf(serviceWith({ ipFamilies: ['IPv6'] }))).toContain('"IPv6": not configured on this cluster');
    expect(refusalOf(serviceWith({ ipFamilyPolicy: 'RequireDualStack' }))).toContain('this cluster is not configured for dual-stack services');
    expect(refusalOf(serviceWith({ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }))).toContain(
      'provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
  });

  it('lets a headless Service without selector have both address families', () => {
    expect(prepareObject(serviceWith({ clusterIP: 'None' }), request)).toMatchObject({
      spec: { clusterIPs: ['None'], ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' },
    });
  });

  it('gives a Job the selector of its own Pods as soon as it has a uid', () => {
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'alpine' }] } };
    const metadata = { name: 'j1', namespace: 'default', uid: 'u-1' };
    const job = decoded({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template } });
    expect(prepareObject(job, request)).toMatchObject({
      spec: {
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' } },
        template: { metadata: { labels: { 'job-name': 'j1', 'controller-uid': 'u-1' } } },
      },
    });
  });

  it('counts the changes of a DaemonSet template', () => {
    const set = (image: string): KubeObject =>
      decoded({
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'd1', namespace: 'default' },
        spec: {
          selector: { matchLabels: { app: 'd' } },
          template: { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'main', image }] } },
        },
      });
    const annotation = ['metadata', 'annotations', 'deprecated.daemonset.template.generation'];
    const first = prepareObject(set('alpine'), request);
    expect(first).toHaveProperty(annotation, '1');
    if (isRefusal(first)) throw new Error(first.message);
    expect(prepareObject(set('alpine'), { ...request, old: first })).toHaveProperty(annotation, '1');
    expect(prepareObject(set('busybox'), { ...request, old: first })).toHaveProperty(annotation, '2');
  });

  it('says that Endpoints are old, whether they are right or wrong', () => {
    const endpoints = (subsets: object[]): KubeObject =>
      decoded({
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: 'e1', namespace: 'default' },
        subsets,
      });
    const warning = 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';
    expect(judgeObject(endpoints([]), request).warnings).toEqual([warning]);
    expect(judgeObject(endpoints([{}]), request).warnings).toEqual([warning]);
  });
});
