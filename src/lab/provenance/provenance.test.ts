import { brotliCompressSync } from 'node:zlib';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provenanceOf, type Provenance } from './provenance.ts';
import { OTHER_TOOLS, PLAYED_TOOLS, recordedShapes } from './recordings.ts';
import { recordShapes, type Recordings } from './record-shapes.ts';
import type { Place } from './shape.ts';

const index = recordedShapes();

function ask(line: string, place: Place = 'node', exitCode?: number): Provenance | undefined {
  return provenanceOf({ line, surroundings: { place, toolsIn: () => 'busybox' }, exitCode }, index);
}

const kubernetes = { name: 'Kubernetes', version: 'v1.37.2', date: '2026-11-23' };

describe('what was recorded', () => {
  it('says on which system and when', () => {
    expect(ask('kubectl get po -o wide')).toEqual({ kind: 'recorded', sources: [kubernetes] });
    expect(ask('ipcs -m', 'busybox')).toEqual({ kind: 'recorded', sources: [kubernetes] });
    expect(ask('ip netns set red 5')).toEqual({ kind: 'recorded', sources: [{ name: 'iproute2', version: '6.1.0', date: '2026-11-28' }] });
  });

  it('holds for other names and numbers of the same kind', () => {
    expect(ask('kubectl exec my-own-pod -- ps')?.kind).toBe('recorded');
    expect(ask('kubectl logs my-own-pod --tail=77')?.kind).toBe('recorded');
    expect(ask('kubectl apply -f mine.yaml', 'node', 0)?.kind).toBe('recorded');
    expect(ask('kubectl apply -f mine.yaml', 'node', 1)?.kind).toBe('recorded');
  });

  it('is modelled as soon as one option is another', () => {
    expect(ask('ss -tlnoiem')).toEqual({ kind: 'modelled', missing: 'ss -tlnoiem' });
    expect(ask('kubectl get po --show-kind --chunk-size=7')).toMatchObject({ kind: 'modelled' });
  });

  it('needs every command of a pipeline', () => {
    expect(ask('kubectl get po | grep web')?.kind).toBe('recorded');
    expect(ask('kubectl get po | sed -n "3,4p;w x"')).toEqual({ kind: 'modelled', missing: 'sed -n "3,4p;w x"' });
  });

  it('depends on the place', () => {
    expect(ask('kubectl get po', 'outside')?.kind).toBe('modelled');
    expect(ask('ps column', 'outside')?.kind).toBe('modelled');
  });

  it('does not speak for an outcome that no recording had', () => {
    expect(ask('kubectl cordon', 'node', 1)?.kind).toBe('recorded');
    expect(ask('kubectl cordon', 'node', 0)).toEqual({ kind: 'modelled', missing: 'kubectl cordon' });
    expect(ask('kubectl get po', 'node', 130)?.kind).toBe('recorded');
  });

  it('says nothing of an empty line', () => {
    expect(ask('  ')).toBeUndefined();
  });

  it('is answered for any line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('node', 'outside', 'busybox', 'debian' as const),
        fc.option(fc.nat(255), { nil: undefined }),
        (line, place, exitCode) => {
          const answer = ask(line, place as Place, exitCode);
          expect(answer === undefined).toBe(line.trim() === '');
        },
      ),
    );
  });

  it('weighs little', () => {
    expect(brotliCompressSync(JSON.stringify(index)).length).toBeLessThan(12 * 1024);
  });

  it('takes every recording of tools that is there, or says why not', () => {
    const there = readdirSync(new URL('../../sim/recordings/tools/', import.meta.url)).map((file) => file.replace('.json', ''));
    expect([...PLAYED_TOOLS, ...OTHER_TOOLS].sort()).toEqual(there.sort());
  });
});

describe('the index', () => {
  const made = (given: Partial<Recordings>) =>
    recordShapes({
      about: { version: '1.2.3', date: '2026-01-02' },
      scenes: [],
      sessions: [],
      cases: [],
      tools: [],
      different: new Set(),
      isCommand: (name) => name !== 'mine',
      packagesOf: (tool) => (tool === 'ps' ? ['procps'] : []),
      ...given,
    }).shapes;
  const step = (run: string, more = {}) => ({ at: 'node1', run, exitCode: 0, stdout: '', stderr: '', ...more });

  it('leaves out what differs, and what is never compared', () => {
    const scenes = [{ id: 's', steps: [step('ps -e'), step('ps -f'), step('ps -f'), step('hostname', { compare: false })] }];
    expect(Object.keys(made({ scenes, different: new Set(['s 2']) }).node)).toEqual(['ps -e']);
  });

  it('bears one difference among many that agree', () => {
    const scenes = [{ id: 's', steps: Array.from({ length: 21 }, () => step('ps -f')) }];
    expect(Object.keys(made({ scenes, different: new Set(['s 2']) }).node)).toEqual(['ps -f']);
    expect(Object.keys(made({ scenes, different: new Set(['s 2', 's 3']) }).node)).toEqual([]);
  });

  it('blames the command whose exit code it is', () => {
    const text = 'metadata: {name: web}\nspec:\n  containers: [{name: a, image: alpine}]\n';
    const scenes = [{ id: 's', steps: [{ file: 'p.yaml', text }, step('kubectl exec web -- top'), step('kubectl exec web -- ps')] }];
    const { node, busybox } = made({ scenes, different: new Set(['s 1']) });
    expect([Object.keys(node), Object.keys(busybox)]).toEqual([['kubectl exec + --'], ['ps']]);
  });

  it('knows the tools of a container by its image', () => {
    const text = 'kind: Pod\nmetadata: {name: two}\nspec:\n  containers:\n  - {name: a, image: alpine}\n  - {name: b, image: "nginx:1.22"}\n';
    const scenes = [{ id: 's', steps: [{ file: 'p.yaml', text }, step('kubectl exec two -- ps -o pid'), step('kubectl exec two -c b -- ps -e')] }];
    const shapes = made({ scenes });
    expect([Object.keys(shapes.busybox), Object.keys(shapes.debian)]).toEqual([['ps -o', 'ps column pid'], ['ps -e']]);
  });

  it('follows a person into a container and out again', () => {
    const files = { 'p.yaml': 'metadata: {name: web}\nspec:\n  containers: [{name: a, image: alpine}]\n' };
    const steps = ['kubectl exec -it web -- sh\n', 'ps\n', 'exit\n', 'hostname\n'].map((type) => ({ type }));
    const shapes = made({ sessions: [{ id: 't', files, steps }] });
    expect(Object.keys(shapes.busybox)).toEqual(['exit', 'ps', 'sh']);
    expect(Object.keys(shapes.node)).toEqual(['hostname', 'kubectl exec --stdin --tty + --']);
  });

  it('takes no notice of commands that a script makes for itself', () => {
    expect(made({ scenes: [{ id: 's', steps: [step('mine() { ps; }; mine -x')] }] }).node).toEqual({ '(function)': 1, '(group)': 1, ps: 1 });
  });

  it('names the package of a tool, and the cluster where both have it', () => {
    const tools = [
      { id: 'process-debian', date: '2026-02-03', versions: { debian: '12', procps: '4.0' }, steps: [step('ps -e'), step('ps -f'), step('echo')] },
    ];
    const { sources, shapes } = recordShapes({
      about: { version: '1.2.3', date: '2026-01-02' },
      scenes: [{ id: 's', steps: [step('ps -e')] }],
      sessions: [],
      cases: [],
      tools,
      different: new Set(),
      isCommand: () => true,
      packagesOf: (tool) => (tool === 'ps' ? ['procps'] : []),
    });
    const of = (key: string): string => sources[(shapes.node[key] ?? 0) >> 2]?.name ?? '';
    expect([of('ps -e'), of('ps -f'), of('echo')]).toEqual(['Kubernetes', 'procps', 'Debian']);
  });
});
