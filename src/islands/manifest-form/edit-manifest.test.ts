import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editManifest } from './edit-manifest.ts';
import type { FormEdit, LabelsGroup } from './form-state.ts';
import { readForm, readObjects } from './read-form.ts';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web # the name
spec:
  # who runs
  containers:
  - name: main
    image: alpine
    command: ["/bin/sleep", "999999"]
`;

describe('the form over a manifest', () => {
  it('adds a switch as the first line of the PodSpec and takes it away again without a trace', () => {
    const on = editManifest(pod, { kind: 'flag', field: 'hostNetwork', value: true });
    expect(on).toContain('spec:\n  # who runs\n  hostNetwork: true\n  containers:');
    expect(editManifest(on, { kind: 'flag', field: 'hostNetwork', value: undefined })).toBe(pod);
  });

  it('changes only the value of a switch that is there', () => {
    const text = pod.replace('spec:\n', 'spec:\n  hostPID:   false   # not yet\n');
    expect(editManifest(text, { kind: 'flag', field: 'hostPID', value: true })).toBe(text.replace('false ', 'true '));
  });

  it('reads what a Deployment says in its template', () => {
    const text = 'kind: Deployment\nspec:\n  template:\n    spec:\n      hostIPC: yes\n      containers: []\n';
    const form = readForm(text);
    expect(form.kind === 'pod' && form.flags.hostIPC).toBe(true);
  });

  it('adds, fills and removes a port row', () => {
    const added = editManifest(pod, { kind: 'add-port', container: 0 });
    expect(added).toBe(`${pod}    ports:\n    - containerPort: 8080\n`);
    const filled = editManifest(added, {
      kind: 'port',
      container: 0,
      index: 0,
      field: 'hostPort',
      value: '9000',
    });
    expect(filled).toBe(`${pod}    ports:\n    - containerPort: 8080\n      hostPort: 9000\n`);
    const second = editManifest(filled, { kind: 'add-port', container: 0 });
    expect(second).toBe(`${filled}    - containerPort: 8080\n`);
    expect(editManifest(second, { kind: 'remove-port', container: 0, index: 1 })).toBe(filled);
    expect(editManifest(filled, { kind: 'remove-port', container: 0, index: 0 })).toBe(pod);
  });

  it('keeps whatever is typed into a field one scalar', () => {
    const added = editManifest(pod, { kind: 'add-port', container: 0 });
    const odd = editManifest(added, {
      kind: 'port',
      container: 0,
      index: 0,
      field: 'hostPort',
      value: 'a: b',
    });
    expect(odd).toContain('hostPort: "a: b"');
  });

  it('shows nothing for text that is not a manifest', () => {
    for (const text of ['', 'just words', '- 1\n- 2', 'kind: ConfigMap\n']) expect(readForm(text).kind).toBe('none');
  });

  it('edits manifests written on one line', () => {
    const text = 'kind: Pod\nspec: {hostNetwork: true, containers: [{name: a, image: b}]}\n';
    expect(editManifest(text, { kind: 'flag', field: 'hostNetwork', value: undefined })).toBe(
      'kind: Pod\nspec: {containers: [{name: a, image: b}]}\n',
    );
    expect(editManifest(text, { kind: 'flag', field: 'hostPID', value: true })).toContain('{hostNetwork: true, hostPID: true,');
  });

  it('reads and writes a Service', () => {
    const text = 'kind: Service\nspec:\n  type: NodePort\n  ports:\n  - port: 80\n    targetPort: 8080\n';
    expect(readForm(text)).toEqual({
      kind: 'service',
      name: '',
      type: 'NodePort',
      ports: [{ index: 0, name: '', port: '80', targetPort: '8080', nodePort: '', protocol: '' }],
    });
    expect(editManifest(text, { kind: 'service-port', index: 0, field: 'nodePort', value: '30080' })).toBe(`${text}    nodePort: 30080\n`);
  });
});

describe('containers in the form', () => {
  const edit = (text: string, ...edits: readonly FormEdit[]): string => edits.reduce((now, each) => editManifest(now, each), text);
  const first = { kind: 'container', container: 0 } as const;

  it('change name, image and command where they stand', () => {
    const text = pod.replace('image: alpine', 'image: "alpine" # small').replace('name: main', "name: 'main'");
    expect(edit(text, { ...first, field: 'image', value: 'luksa/kubia:v1' }, { ...first, field: 'name', value: 'kubia' })).toBe(
      text.replace('"alpine"', '"luksa/kubia:v1"').replace("'main'", "'kubia'"),
    );
    expect(edit(pod, { ...first, field: 'command', value: '/bin/sh -c "sleep 9"' })).toBe(
      pod.replace('["/bin/sleep", "999999"]', '["/bin/sh", "-c", "sleep 9"]'),
    );
    expect(edit(pod, { ...first, field: 'args', value: '-v 1' })).toBe(`${pod}    args: ["-v", "1"]\n`);
    expect(edit(pod, { ...first, field: 'command', value: '' })).toBe(pod.replace(/ {4}command.*\n/, ''));
  });

  it('keep a command that stands over several lines on several lines, with its comments', () => {
    const text = pod.replace('["/bin/sleep", "999999"]', '\n    - /bin/sh # a shell\n    - -c\n    - sleep 9');
    expect(edit(text, { ...first, field: 'command', value: '/bin/ash -c "sleep 10" x' })).toBe(
      text.replace('/bin/sh', '/bin/ash').replace('sleep 9', 'sleep 10\n    - "x"'),
    );
    expect(edit(text, { ...first, field: 'command', value: '/bin/sh' })).toBe(text.replace('    - -c\n    - sleep 9\n', ''));
  });

  it('come and go', () => {
    const two = edit(pod, { kind: 'add-container' });
    expect(two).toBe(`${pod}  - name: container-2\n    image: alpine\n    command: ["/bin/sleep", "999999"]\n`);
    expect(edit(two, { kind: 'remove-container', container: 1 })).toBe(pod);
    expect(edit(two, { kind: 'remove-container', container: 0 })).not.toContain('main');
    expect(edit(pod, { kind: 'remove-container', container: 0 })).toBe(pod);
  });

  it('take a name or an image that is still empty as empty', () => {
    expect(edit(pod, { ...first, field: 'image', value: '' })).toBe(pod.replace('alpine', '""'));
    expect(edit(pod, { kind: 'name', value: '' }, { kind: 'name', value: 'other' })).toBe(pod.replace('name: web', 'name: "other"'));
    expect(edit('kind: Pod\nspec:\n  containers: []\n', { kind: 'name', value: 'a' })).toBe(
      'kind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n',
    );
  });

  it('write text as text, whatever YAML would make of it', () => {
    for (const value of ['yes', '0x10', '1e3', 'a: b', '# a', '- a', '*a', 'null', '"', "'", 'a\\b', ' ', '[', '~', 'on', '12:30', '命']) {
      const text = edit(pod, { ...first, field: 'name', value });
      const form = readForm(text);
      expect(form.kind === 'pod' && form.containers[0]?.name, value).toBe(value);
    }
  });
});

describe('a Service in the form', () => {
  it('gets and loses ports, and has a type, a name and protocols', () => {
    const text = 'kind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n  - port: 80 # web\n';
    const edits: readonly FormEdit[] = [
      { kind: 'service-type', value: 'NodePort' },
      { kind: 'add-service-port' },
      { kind: 'service-port', index: 1, field: 'protocol', value: 'UDP' },
      { kind: 'service-port', index: 1, field: 'targetPort', value: 'dns' },
      { kind: 'service-port', index: 0, field: 'nodePort', value: '30080' },
      { kind: 'service-port', index: 0, field: 'name', value: 'http' },
    ];
    expect(edits.reduce((now, each) => editManifest(now, each), text)).toBe(
      'kind: Service\nmetadata:\n  name: web\nspec:\n  type: NodePort\n  selector:\n    app: web\n  ports:\n' +
        '  - name: http\n    port: 80 # web\n    nodePort: 30080\n  - port: 8080\n    targetPort: dns\n    protocol: UDP\n',
    );
    expect(
      editManifest(
        edits.reduce((now, each) => editManifest(now, each), text),
        { kind: 'remove-service-port', index: 1 },
      ),
    ).not.toContain('UDP');
  });
});

describe('labels in the form', () => {
  const add = { kind: 'add-label', at: 'labels' } as const;
  const label = { kind: 'label', at: 'labels', index: 0 } as const;

  it('come with what holds them, and go with it again', () => {
    const labelled = editManifest(pod, add);
    expect(labelled).toBe(pod.replace('# the name\n', '# the name\n  labels:\n    app: web\n'));
    expect(editManifest(labelled, { kind: 'remove-label', at: 'labels', index: 0 })).toBe(pod);
    for (const [text, done] of [
      ['kind: Pod\nspec:\n  containers: []\n', 'kind: Pod\nmetadata:\n  labels:\n    app: ""\nspec:\n  containers: []\n'],
      ['kind: Pod\nmetadata: {name: a}\nspec: {}\n', 'kind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec: {}\n'],
      ['kind: Pod\nmetadata:\n  labels: # mine\nspec: {}\n', 'kind: Pod\nmetadata:\n  labels: # mine\n    app: ""\nspec: {}\n'],
      ['kind: Pod\nmetadata:\n  labels: {}\nspec: {}\n', 'kind: Pod\nmetadata:\n  labels: {app: ""}\nspec: {}\n'],
      ['kind: Pod\nmetadata:\n  labels: null # none\nspec: {}\n', 'kind: Pod\nmetadata:\n  labels:  # none\n    app: ""\nspec: {}\n'],
    ] as const)
      expect(editManifest(text, add)).toBe(done);
  });

  it('keep quotes and comments, and are always text', () => {
    const text = pod.replace('# the name\n', "# the name\n  labels:\n    # ours\n    'app': 'web' # all\n    tier:\n");
    expect(editManifest(text, { ...label, field: 'value', value: 'shop' })).toBe(text.replace("'web'", "'shop'"));
    expect(editManifest(text, { ...label, field: 'key', value: 'role' })).toBe(text.replace("'app'", "'role'"));
    expect(editManifest(text, { ...label, index: 1, field: 'value', value: 'yes' })).toBe(text.replace('tier:', 'tier: "yes"'));
    expect(editManifest(text, { kind: 'remove-label', at: 'labels', index: 1 })).toBe(text.replace('    tier:\n', ''));
  });

  it('are told apart by their place while a key is being typed', () => {
    const text = pod.replace('# the name\n', '# the name\n  labels:\n    app: a\n    ap: b\n');
    const same = editManifest(text, { ...label, index: 1, field: 'key', value: 'app' });
    expect(same).toBe(text.replace('ap: b', 'app: b'));
    expect(editManifest(same, { ...label, index: 1, field: 'key', value: 'apple' })).toBe(text.replace('ap: b', 'apple: b'));
  });

  it('can be chosen by in a Service and not in a Pod', () => {
    const service = 'kind: Service\nmetadata:\n  name: web\nspec:\n  type: NodePort\n  ports:\n  - port: 80\n';
    const selector = { kind: 'add-label', at: 'selector' } as const;
    expect(editManifest(service, selector)).toBe(service.replace('NodePort\n', 'NodePort\n  selector:\n    app: web\n'));
    expect(editManifest(pod, selector)).toBe(pod);
  });
});

describe('any edits, one after the other', () => {
  const layouts = [
    pod,
    pod.replaceAll('\n', ' # c\n'),
    'kind: Pod\nspec: {hostNetwork: true, containers: [{name: a, image: b, ports: [{containerPort: 1}]}]}\n',
    'kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: a\n          # own line\n          ports:\n            - hostPort: 1\n\n            - {containerPort: 2}\n',
    'kind: Pod\nspec:\n  containers:\n  - ports: []\n    command:\n    name: x\n',
  ];
  const number = fc.nat(2);
  const labels = fc.constantFrom('labels', 'selector', 'templateLabels');
  const value = fc.constantFrom('', '80', 'a', 'a b', 'yes', '"x', '- : #', '命');
  const edit: fc.Arbitrary<FormEdit> = fc.oneof(
    fc.record({
      kind: fc.constant('flag' as const),
      field: fc.constantFrom('hostNetwork', 'hostUsers'),
      value: fc.constantFrom(true, false, undefined),
    }),
    fc.record({ kind: fc.constant('container' as const), container: number, field: fc.constantFrom('name', 'image', 'command', 'args'), value }),
    fc.record({ kind: fc.constant('add-container' as const) }),
    fc.record({ kind: fc.constant('remove-container' as const), container: number }),
    fc.record({
      kind: fc.constant('port' as const),
      container: number,
      index: number,
      field: fc.constantFrom('containerPort', 'hostPort', 'hostIP', 'protocol'),
      value,
    }),
    fc.record({ kind: fc.constant('add-port' as const), container: number }),
    fc.record({ kind: fc.constant('remove-port' as const), container: number, index: number }),
    fc.record({ kind: fc.constant('add-label' as const), at: labels }),
    fc.record({ kind: fc.constant('remove-label' as const), at: labels, index: number }),
    fc.record({ kind: fc.constant('label' as const), at: labels, index: number, field: fc.constantFrom('key', 'value'), value }),
  );

  const labelsOf = (text: string): { readonly [at: string]: LabelsGroup['rows'] } => {
    const objects = readObjects(text);
    return 'kind' in objects ? {} : Object.fromEntries((objects[0]?.labels ?? []).map(({ field, rows }) => [field, rows]));
  };

  it('leave YAML that says just what was done', () => {
    fc.assert(
      fc.property(fc.constantFrom(...layouts), fc.array(edit, { maxLength: 12 }), (text, edits) => {
        let now = text;
        for (const each of edits) {
          const before = readForm(now);
          const rows = labelsOf(now);
          now = editManifest(now, each);
          const after = readForm(now);
          if (each.kind === 'label' && rows[each.at]?.[each.index]) expect(labelsOf(now)[each.at]?.[each.index]?.[each.field], now).toBe(each.value);
          if (each.kind === 'remove-label' && rows[each.at]?.[each.index])
            expect(labelsOf(now)[each.at], now).toEqual(rows[each.at]?.toSpliced(each.index, 1));
          if (before.kind !== 'pod') return;
          expect(after.kind, now).toBe('pod');
          if (after.kind !== 'pod') return;
          if (each.kind === 'container' && each.container < before.containers.length) {
            const same = { ...before.containers[each.container], [each.field]: each.value.trim() };
            const shown = after.containers[each.container];
            expect({ ...shown, command: '', args: '' }, now).toEqual({
              ...same,
              command: '',
              args: '',
              ...(each.field === 'name' || each.field === 'image' ? { [each.field]: each.value } : {}),
            });
          }
          if (each.kind === 'port' && before.ports.some(({ container, index }) => container === each.container && index === each.index)) {
            const row = after.ports.find(({ container, index }) => container === each.container && index === each.index);
            if (row) expect(row[each.field], now).toBe(each.value);
          }
          if (each.kind === 'add-container') expect(after.containers.length, now).toBe(before.containers.length + 1);
          if (each.kind === 'add-port' && each.container < before.containers.length) expect(after.ports.length, now).toBe(before.ports.length + 1);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('a text that is no YAML at the moment', () => {
  const broken = 'kind: Pod\nspec:\n  containers: [\n';

  it('pauses the form, with the line', () => {
    expect(readForm(broken)).toMatchObject({ kind: 'paused' });
    expect(readForm('kind: Pod\nspec:\n\thostPID: true\n')).toEqual({ kind: 'paused', line: 3 });
  });

  it('is never written into', () => {
    expect(editManifest(broken, { kind: 'flag', field: 'hostPID', value: true })).toBe(broken);
  });
});
