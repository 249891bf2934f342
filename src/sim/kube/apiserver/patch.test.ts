import { describe, expect, it } from 'vitest';
import { applyPatch } from './patch.ts';

describe('strategic merge patches', () => {
  const pod = {
    spec: {
      containers: [
        { name: 'a', image: 'x', env: [{ name: 'A', value: '1' }] },
        { name: 'b', image: 'y' },
      ],
      tolerations: [{ key: 'k' }],
    },
  };

  it('merges lists by their key', () => {
    const patch = { spec: { containers: [{ name: 'a', env: [{ name: 'B', value: '2' }] }] } };
    expect(applyPatch('strategic', pod, patch)).toEqual({
      spec: {
        containers: [
          {
            name: 'a',
            image: 'x',
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
          { name: 'b', image: 'y' },
        ],
        tolerations: [{ key: 'k' }],
      },
    });
  });

  it('deletes items and replaces lists without a key', () => {
    const patch = { spec: { containers: [{ name: 'b', $patch: 'delete' }], tolerations: [{ operator: 'Exists' }] } };
    expect(applyPatch('strategic', pod, patch)).toMatchObject({ spec: { containers: [{ name: 'a' }], tolerations: [{ operator: 'Exists' }] } });
  });

  it('orders items as the patch says', () => {
    const patch = {
      spec: { $setElementOrder: undefined, '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }], containers: [{ name: 'b', image: 'z' }] },
    };
    const merged = applyPatch('strategic', pod, patch) as typeof pod;
    expect(merged.spec.containers.map((container) => `${container.name}:${container.image}`)).toEqual(['b:z', 'a:x']);
  });

  it('merges the ports of a Service by number', () => {
    const service = { spec: { ports: [{ port: 80, nodePort: 30090 }] } };
    expect(applyPatch('strategic', service, { spec: { ports: [{ port: 80, targetPort: 8080 }] } })).toEqual({
      spec: { ports: [{ port: 80, nodePort: 30090, targetPort: 8080 }] },
    });
  });
});

describe('other patches', () => {
  it('replaces lists and removes nulls in a merge patch', () => {
    expect(applyPatch('merge', { a: [1, 2], b: { c: 1, d: 2 } }, { a: [3], b: { c: null } })).toEqual({ a: [3], b: { d: 2 } });
  });

  it('adds, replaces, tests and removes by path in a JSON patch, and leaves the original alone', () => {
    const original = { a: ['x'], b: 1 };
    const patch = [
      { op: 'add', path: '/a/-', value: 'y' },
      { op: 'test', path: '/b', value: 1 },
      { op: 'replace', path: '/b', value: 2 },
      { op: 'remove', path: '/a/0' },
    ];
    expect(applyPatch('json', original, patch)).toEqual({ a: ['y'], b: 2 });
    expect(original).toEqual({ a: ['x'], b: 1 });
  });

  it('replaces a field that an object does not have yet, but not below one that it does not have', () => {
    expect(applyPatch('json', { spec: {} }, [{ op: 'replace', path: '/spec/hostPID', value: true }])).toEqual({ spec: { hostPID: true } });
    expect(applyPatch('json', {}, [{ op: 'replace', path: '/spec/hostPID', value: true }])).toMatchObject({ kind: 'patch-problem' });
  });

  it('says which path is missing', () => {
    expect(applyPatch('json', {}, [{ op: 'remove', path: '/a/b' }])).toMatchObject({ kind: 'patch-problem' });
  });
});
