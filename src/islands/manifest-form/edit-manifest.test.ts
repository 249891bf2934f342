import { describe, expect, it } from 'vitest';
import { editManifest, readForm } from './edit-manifest.ts';

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
    expect(editManifest(text, { kind: 'flag', field: 'hostPID', value: true })).toContain('{hostPID: true, hostNetwork: true,');
  });

  it('reads and writes a Service', () => {
    const text = 'kind: Service\nspec:\n  type: NodePort\n  ports:\n  - port: 80\n    targetPort: 8080\n';
    expect(readForm(text)).toEqual({
      kind: 'service',
      type: 'NodePort',
      ports: [{ index: 0, port: '80', targetPort: '8080', nodePort: '' }],
    });
    expect(editManifest(text, { kind: 'service-port', index: 0, field: 'nodePort', value: '30080' })).toBe(`${text}    nodePort: 30080\n`);
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
