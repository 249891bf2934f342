import './further-fields.ts';
import { describe, expect, it } from 'vitest';
import { openApiId } from './described-type.ts';
import { API_RESOURCES, apiVersionOf } from './resources.ts';
import { fieldAt, structNamed } from './schema.ts';

describe('the schema', () => {
  it("knows Go's names of types", () => {
    expect(fieldAt('Pod', ['spec', 'containers', 'ports', 'protocol'])?.type).toEqual({
      kind: 'string',
      goName: 'v1.Protocol',
    });
    expect(fieldAt('Deployment', ['spec', 'template', 'spec', 'containers'])?.type.goName).toBe('[]v1.Container');
    expect(fieldAt('Pod', ['spec', 'containers', 'resources', 'limits'])?.type.goName).toBe('v1.ResourceList');
  });

  it('tells lists that a patch merges from lists that it replaces', () => {
    expect(fieldAt('Pod', ['spec', 'containers'])?.mergeKey).toBe('name');
    expect(fieldAt('Pod', ['spec', 'containers', 'ports'])?.mergeKey).toBe('containerPort');
    expect(fieldAt('Pod', ['metadata', 'finalizers'])?.mergeKey).toBe('');
    expect(fieldAt('Pod', ['spec', 'tolerations'])?.mergeKey).toBeUndefined();
    expect(fieldAt('Pod', ['spec', 'volumes'])).toMatchObject({ mergeKey: 'name', retainsKeys: true });
  });

  it('tells the two structs called EndpointPort apart', () => {
    expect(structNamed('EndpointPort')?.fieldByName.get('port')?.keepsZero).toBe(true);
    expect(fieldAt('EndpointSlice', ['ports'])?.type.goName).toBe('[]v1.EndpointPort');
    expect(fieldAt('EndpointSlice', ['ports', 'protocol'])?.keepsZero).toBe(true);
    expect(fieldAt('Endpoints', ['subsets', 'ports', 'protocol'])?.keepsZero).toBe(false);
  });

  it('has no field that does not exist', () => {
    expect(fieldAt('Pod', ['spec', 'hostnetwork'])).toBeUndefined();
    expect(structNamed('Secret')).toBeUndefined();
  });

  it('has a struct for every field that needs one', () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const field of structNamed(name)?.fieldByName.values() ?? []) {
        let { type } = field;
        while (type.kind === 'list' || type.kind === 'map') type = type.of;
        if (type.kind === 'struct') visit(type.struct);
      }
    };
    for (const { kind } of API_RESOURCES) visit(kind);
    expect([...seen].filter((name) => structNamed(name) === undefined && !API_RESOURCES.some(({ kind }) => kind === name))).toEqual([]);
    expect(seen.size).toBeGreaterThan(200);
  });
});

describe("the API's resources", () => {
  it('are those of kubectl api-resources', () => {
    const deployment = API_RESOURCES.find(({ kind }) => kind === 'Deployment');
    expect(deployment).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      name: 'deployments',
      shortNames: ['deploy'],
      namespaced: true,
    });
    expect(API_RESOURCES.filter(({ namespaced }) => !namespaced).map(({ kind }) => kind)).toContain('Node');
    expect(API_RESOURCES.filter((resource) => apiVersionOf(resource) === 'v1')).toHaveLength(17);
  });
});

describe('the descriptions', () => {
  it('cover every kind the schema has', async () => {
    const { DESCRIPTIONS } = await import('./describe-types.ts');
    const kinds = API_RESOURCES.filter(({ kind, group }) => structNamed(kind)?.fieldByName.has('metadata') === true && group !== 'events.k8s.io');
    expect(kinds.filter((resource) => DESCRIPTIONS[openApiId(resource)] === undefined)).toEqual([]);
    expect(DESCRIPTIONS['io.k8s.api.core.v1.PodSpec']?.fields['containers']).toMatchObject({
      type: '[]Container',
      of: 'io.k8s.api.core.v1.Container',
      required: true,
    });
  });
});
