import { describe, expect, it } from 'vitest';
import { Simulation } from '../../engine/simulation.ts';
import type { Service } from '../api/types-core.ts';
import { ApiServer } from './api-server.ts';
import { impersonated } from './authorization.ts';
import { isStatus } from './object.ts';
import type { ApiObject } from './object.ts';
import { noRules } from './rules.ts';

function fresh(): ApiServer {
  const simulation = new Simulation({ seed: 's', epoch: Date.parse('2026-11-23T09:00:00Z') });
  const server = new ApiServer({ simulation, rules: noRules });
  server.create('namespaces', '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  return server;
}

const pod = (name: string, spec: object = {}, labels: Readonly<Record<string, string>> = {}): ApiObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec: { containers: [{ name: 'main', image: 'alpine' }], ...spec } }) as ApiObject;

function messageOf(answer: unknown): string {
  return isStatus(answer) ? `${answer.reason}: ${answer.message}` : 'accepted';
}

describe('the API server', () => {
  it('gives a new object uid, times, versions and its first status', () => {
    const server = fresh();
    const created = server.create('pods', 'default', pod('web'));
    expect(created).toMatchObject({
      metadata: { creationTimestamp: '2026-11-23T09:00:00Z', generation: 1, namespace: 'default' },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
    expect(messageOf(server.create('pods', 'default', pod('web')))).toBe('AlreadyExists: pods "web" already exists');
  });

  it('draws a name from generateName', () => {
    const server = fresh();
    const created = server.create('pods', 'default', { ...pod(''), metadata: { generateName: 'web-' } as unknown as ApiObject['metadata'] });
    expect(isStatus(created) ? '' : created.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('refuses objects in namespaces that are not there or going', () => {
    const server = fresh();
    expect(messageOf(server.create('pods', 'nosuch', pod('web')))).toBe('NotFound: namespaces "nosuch" not found');
    server.create('namespaces', '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'play' } });
    server.delete('namespaces', '', 'play');
    expect(messageOf(server.create('pods', 'play', pod('web')))).toBe(
      'Forbidden: pods "web" is forbidden: unable to create new content in namespace play because it is being terminated',
    );
    expect(messageOf(server.delete('namespaces', '', 'default'))).toBe(
      'Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });

  it('selects by labels and fields, and says what is wrong with a selector', () => {
    const server = fresh();
    server.create('pods', 'default', pod('b', {}, { app: 'x', tier: 'web' }));
    server.create('pods', 'default', pod('a', { nodeName: 'n1' }, { app: 'x' }));
    const names = (labelSelector: string, fieldSelector = ''): string => {
      const list = server.list('pods', { namespace: 'default', labelSelector, fieldSelector });
      return isStatus(list) ? list.message : list.items.map((item) => item.metadata.name).join(' ');
    };
    expect(names('app==x')).toBe('a b');
    expect(names('app in (x, y),!tier')).toBe('a');
    expect(names('tier notin (web)')).toBe('a');
    expect(names('', 'spec.nodeName=n1')).toBe('a');
    expect(names('', 'status.phase!=Running')).toBe('a b');
    expect(names('a in (b')).toBe("unable to parse requirement: found '', expected: ',' or ')'");
    expect(names('', 'nope=1')).toBe('field label not supported: nope');
  });

  it('raises the generation when the spec changes and nothing when nothing does', () => {
    const server = fresh();
    server.create('pods', 'default', pod('web'));
    const before = server.storage.version;
    const same = server.patch('pods', { namespace: 'default', name: 'web' }, { type: 'merge', body: {} });
    expect(server.storage.version).toBe(before);
    expect(same).toMatchObject({ metadata: { generation: 1 } });
    expect(server.patch('pods', { namespace: 'default', name: 'web' }, { type: 'merge', body: { spec: { hostname: 'x' } } })).toMatchObject({
      metadata: { generation: 2 },
    });
  });

  it('refuses an update that was made from an old version', () => {
    const server = fresh();
    const created = server.create('pods', 'default', pod('web')) as ApiObject;
    server.patch('pods', { namespace: 'default', name: 'web' }, { type: 'merge', body: { metadata: { labels: { a: 'b' } } } });
    expect(messageOf(server.update('pods', created))).toContain('Operation cannot be fulfilled on pods "web": the object has been modified');
  });

  it('keeps a Pod that runs on a node until its kubelet is done, and drops one that never got a node', () => {
    const server = fresh();
    server.create('pods', 'default', pod('placed', { nodeName: 'n1', terminationGracePeriodSeconds: 6 }));
    server.create('pods', 'default', pod('waiting'));
    expect(server.delete('pods', 'default', 'placed')).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 6, deletionTimestamp: '2026-11-23T09:00:06Z' },
    });
    server.delete('pods', 'default', 'waiting');
    expect(server.storage.sorted('pods').map((each) => each.metadata.name)).toEqual(['placed']);
    server.delete('pods', 'default', 'placed', { gracePeriodSeconds: 0 });
    expect(server.storage.sorted('pods')).toEqual([]);
  });

  it('tells watchers when an object begins and ceases to match', () => {
    const server = fresh();
    const seen: string[] = [];
    server.watch('pods', { namespace: 'default', labelSelector: 'app=x' }, (event) => seen.push(`${event.type} ${event.object.metadata.name}`));
    server.create('pods', 'default', pod('web'));
    const label = (app: string | null): void =>
      void server.patch('pods', { namespace: 'default', name: 'web' }, { type: 'merge', body: { metadata: { labels: { app } } } });
    label('x');
    label('y');
    expect(seen).toEqual(['ADDED web', 'DELETED web']);
  });

  it('gives Services addresses and node ports, and refuses taken ones', () => {
    const server = fresh();
    const service = (name: string, spec: object): unknown =>
      server.create('services', 'default', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: { type: 'NodePort', ports: [{ port: 80 }], ...spec },
      } as ApiObject);
    const first = service('a', { ports: [{ port: 80, nodePort: 30090 }] }) as Service;
    expect(first.spec.clusterIP).toMatch(/^10\.(9[6-9]|1[01]\d)\./);
    expect((service('b', {}) as Service).spec.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30000);
    expect(messageOf(service('c', { ports: [{ port: 80, nodePort: 30090 }] }))).toBe(
      'Invalid: Service "c" is invalid: spec.ports[0].nodePort: Invalid value: 30090: provided port is already allocated',
    );
    expect(messageOf(service('d', { clusterIP: first.spec.clusterIP }))).toContain('provided IP is already allocated');
    server.delete('services', 'default', 'a');
    expect(messageOf(service('c', { ports: [{ port: 80, nodePort: 30090 }] }))).toBe('accepted');
  });

  it('lets others do only what RBAC objects allow', () => {
    const server = fresh();
    const user = impersonated('system:serviceaccount:default:default', []);
    expect(messageOf(server.list('pods', { namespace: 'default' }, { user }))).toBe(
      'Forbidden: pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    const rbac = 'rbac.authorization.k8s.io';
    server.create(`clusterroles.${rbac}`, '', {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'view' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
    } as ApiObject);
    server.create(`rolebindings.${rbac}`, 'default', {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'v' },
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
    } as ApiObject);
    expect(messageOf(server.list('pods', { namespace: 'default' }, { user }))).toBe('accepted');
  });
});
