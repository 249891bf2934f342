import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedVerdict } from './verdict.testing.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p1\nspec:\n  containers:\n  - name: main\n    image: alpine\n';

describe('the verdict on a manifest', () => {
  it('accepts a plain Pod and shows it as it would be stored', () => {
    const { accepted, problems, exitCode } = recordedVerdict(POD);
    expect(exitCode).toBe(0);
    expect(problems).toEqual([]);
    expect(accepted[0]).toMatchObject({
      kind: 'Pod',
      metadata: { name: 'p1', namespace: 'default' },
      spec: {
        restartPolicy: 'Always',
        serviceAccountName: 'default',
        containers: [{ imagePullPolicy: 'Always' }],
      },
    });
  });

  it('names every wrong field with a code, its parts and its place in the text', () => {
    const { problems } = recordedVerdict(`${POD}    ports:\n    - containerPort: 70000\n`);
    expect(problems).toEqual([
      {
        code: 'fieldInvalid',
        params: {
          field: 'spec.containers[0].ports[0].containerPort',
          path: 'spec.containers.ports.containerPort',
          value: '70000',
          detail: 'must be between 1 and 65535, inclusive',
        },
        range: expect.objectContaining({ start: expect.objectContaining({ line: 9 }) as unknown }) as unknown,
        severity: 'error',
        message: 'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
      },
    ]);
  });

  it('points at what holds a field that is missing', () => {
    const { problems } = recordedVerdict(POD.replace('    image: alpine\n', ''));
    expect(problems[0]).toMatchObject({ code: 'fieldRequired', range: { start: { line: 6 } } });
  });

  it('judges each document of a file by itself', () => {
    const { exitCode, stdout, stderr } = recordedVerdict(`${POD}---\n${POD.replace('name: p1', 'name: P2')}`);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('pod/p1 created\n');
    expect(stderr).toContain('The Pod "P2" is invalid: metadata.name: Invalid value: "P2"');
  });

  it('refuses what a namespace forbids, and only warns where it shall only warn', () => {
    const host = POD.replace('spec:\n', 'spec:\n  hostNetwork: true\n');
    const refused = recordedVerdict(host, { namespace: 'psa-baseline' });
    expect(refused.problems[0]).toMatchObject({ code: 'refused', params: { reason: 'Forbidden' } });
    expect(refused.stderr).toContain('violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)');
    const warned = recordedVerdict(host, { namespace: 'psa-warn-baseline' });
    expect(warned.exitCode).toBe(0);
    expect(warned.problems[0]).toMatchObject({ code: 'remark', severity: 'warning' });
  });

  it('refuses a namespace that does not exist', () => {
    const { stderr } = recordedVerdict(POD, { namespace: 'nowhere' });
    expect(stderr).toBe('Error from server (NotFound): error when creating "manifest.yaml": namespaces "nowhere" not found\n');
  });

  it('judges a manifest of something that exists as its replacement, unless it must be new', () => {
    const old = recordedVerdict(POD).accepted[0];
    const existing = (): typeof old => old;
    const changed = POD.replace('spec:\n', 'spec:\n  hostNetwork: true\n');
    expect(recordedVerdict(changed, { existing }).stderr).toContain('pod updates may not change fields other than');
    expect(recordedVerdict(JSON.stringify(old).replace('alpine', 'busybox'), { existing }).exitCode).toBe(0);
    expect(recordedVerdict(POD, { existing, createOnly: true }).stderr).toContain('pods "p1" already exists');
  });

  it('has an answer to every text', () => {
    const line = fc.constantFrom(...POD.split('\n'), '---', '    ports: [{}]', '  hostNetwork: "x"', '\t- a', '{', '  tolerations: [1]');
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(line, fc.string()), { maxLength: 12 }).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (manifest) => {
        const { exitCode, stderr } = recordedVerdict(manifest);
        expect(stderr === '' || stderr.startsWith('Warning')).toBe(exitCode === 0);
      }),
      { numRuns: 500 },
    );
  });

  it('has an answer to a Pod whose fields hold anything', () => {
    const keys = ['volumes', 'tolerations', 'securityContext', 'affinity', 'dnsConfig', 'initContainers', 'nodeSelector', 'hostAliases'];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }), (key, value) => {
        const spec = { containers: [{ name: 'main', image: 'alpine' }], [key]: value };
        const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p1' }, spec });
        expect([0, 1]).toContain(recordedVerdict(manifest).exitCode);
      }),
      { numRuns: 500 },
    );
  });
});
