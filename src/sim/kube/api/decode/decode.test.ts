import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeObject } from './decode-object.ts';
import type { DecodeResult } from './decode-object.ts';
import { keyRangeOf, rangeOf } from './manifest.ts';
import type { ManifestDocument } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p1\nspec:\n  containers:\n  - name: main\n    image: alpine\n';

function documentOf(text: string): ManifestDocument {
  const [document] = parseManifest(text).documents;
  if (document?.kind !== 'object') throw new Error('the manifest has no object');
  return document;
}

const decode = (text: string): DecodeResult => decodeObject(documentOf(text));

const errorOf = (text: string): string | undefined => parseManifest(text).error?.message;

function messageOf(text: string): string | undefined {
  const result = decode(text);
  return result.kind === 'refused' ? result.message : undefined;
}

describe('a manifest on its way to the API server', () => {
  it('becomes as many documents as it has, empty ones left out', () => {
    const { documents } = parseManifest(`---\n# nothing\n---\n${POD}---\nnull\n---\n${POD.replace('p1', 'p2')}`);
    expect(documents.map((document) => document.kind === 'object' && document.name)).toEqual(['p1', 'p2']);
  });

  it('keeps the documents before the one that cannot be read', () => {
    const manifest = parseManifest(`${POD}---\na: b: c\n`);
    expect(manifest.documents).toHaveLength(1);
    expect(manifest.error?.message).toBe(
      'error parsing manifest.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
    );
    expect(manifest.error?.range?.start.line).toBe(9);
  });

  it('goes on after a document whose kind does not exist', () => {
    const { documents, error } = parseManifest(`${POD.replace('kind: Pod', 'kind: Pods')}---\n${POD}`);
    expect(error).toBeUndefined();
    expect(documents.map(({ kind }) => kind)).toEqual(['refused', 'object']);
  });

  it('may have nothing but a comment behind its separators', () => {
    expect(errorOf('--- apiVersion: v1\nkind: Pod\n')).toBe('error parsing manifest.yaml: invalid Yaml document separator: apiVersion: v1');
    expect(parseManifest(`--- # first\n${POD}`).documents).toHaveLength(1);
  });

  it("may be JSON, whose errors are Go's when it is not YAML either", () => {
    expect(documentOf('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p1"}}').name).toBe('p1');
    expect(errorOf('{"apiVersion": "v1" "kind": "Pod"}')).toBe(
      "error parsing manifest.yaml: json: offset 21: invalid character '\"' after object key:value pair",
    );
    expect(errorOf('{"apiVersion": "v1"')).toBe('error parsing manifest.yaml: unexpected EOF');
  });

  it('may be a list, whose items are objects of their own', () => {
    const item = POD.split('\n').join('\n  ').trimEnd();
    const { documents } = parseManifest(`apiVersion: v1\nkind: List\nitems:\n- ${item}\n- ${item.replace('p1', 'p2')}\n`);
    expect(documents.map((document) => document.kind === 'object' && document.name)).toEqual(['p1', 'p2']);
  });

  it('takes YAML from Windows and with a byte order mark, and still knows its places', () => {
    const text = `\ufeff${POD}`.replaceAll('\n', '\r\n');
    const range = rangeOf(documentOf(text), 'spec.containers[0].image');
    expect(text.slice(range?.start.offset, range?.end.offset)).toBe('alpine');
  });

  it('reports a key that stands twice, of which the last counts', () => {
    const document = documentOf(POD.replace('spec:', 'spec:\n  hostPID: true\n  hostPID: false'));
    expect(document.notices).toMatchObject([{ code: 'duplicateKey', severity: 'warning', params: { key: 'hostPID', firstLine: '6', line: '7' } }]);
  });

  it('names itself in messages', () => {
    expect(parseManifest('a: b: c', { file: 'STDIN' }).error?.message).toContain('error parsing STDIN:');
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom(...POD.split(''), '---\n', '{', '}', '"', '\t', '- '), { maxLength: 200 }).map((parts) => POD + parts.join('')),
        ),
        (text) => {
          for (const document of parseManifest(text).documents) {
            if (document.kind === 'object') expect(['decoded', 'refused']).toContain(decodeObject(document).kind);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('strict decoding', () => {
  it('leaves out what Go cannot tell from nothing, and keeps what it can', () => {
    const result = decode(`${POD}  hostNetwork: false\n  hostUsers: false\n  nodeName: ""\n  hostPID:\n  volumes: []\n`);
    expect(result).toMatchObject({ kind: 'decoded' });
    expect(result.kind === 'decoded' && result.object['spec']).toEqual({
      containers: [{ name: 'main', image: 'alpine' }],
      hostUsers: false,
    });
  });

  it('writes quantities as the API server does', () => {
    const result = decode(`${POD}    resources: {limits: {cpu: 0.5, memory: 1024Mi, a: 1000m, b: "1e3", c: 1.5Gi, d: 100m, e: 1.1Mi}}\n`);
    expect(result).toMatchObject({
      object: {
        spec: {
          containers: [
            {
              resources: {
                limits: {
                  cpu: '500m',
                  memory: '1Gi',
                  a: '1',
                  b: '1e3',
                  c: '1536Mi',
                  d: '100m',
                  e: '1153433600m',
                },
              },
            },
          ],
        },
      },
    });
  });

  it.each([
    ['  hostNetwork: "true"\n', 'json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool'],
    [
      '    ports: [{containerPort: 99999999999}]\n',
      'json: cannot unmarshal number 99999999999 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      '    livenessProbe: {httpGet: {port: true}}\n',
      'json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
    ],
    [
      '  volumes: [{name: v, emptyDir: x}]\n',
      'json: cannot unmarshal string into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource',
    ],
    ['  nodeSelector: {a: 1}\n', 'json: cannot unmarshal number into Go struct field PodSpec.spec.nodeSelector of type string'],
    ['    resources: {limits: {cpu: lots}}\n', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ['  hostnetwork: true\n  hostpid: true\n', 'strict decoding error: unknown field "spec.hostnetwork", unknown field "spec.hostpid"'],
  ])("refuses %j in a Pod with the API server's words", (added, message) => {
    expect(messageOf(POD + added)).toBe(`Pod in version "v1" cannot be handled as a Pod: ${message}`);
  });

  it('forgets earlier mistakes when a quantity is wrong, as Go does', () => {
    expect(messageOf(`${POD}    args: [1]\n    resources: {limits: {cpu: lots}}\n`)).toContain('quantities must match');
  });

  it('says where an unknown field may belong and how it may be spelled', () => {
    const result = decode(`${POD}    hostNetwork: true\n    imagePullpolicy: Never\n`);
    expect(result).toMatchObject({
      findings: [
        {
          code: 'unknownField',
          params: { path: 'spec.containers[0].hostNetwork', belongs: 'spec.hostNetwork' },
        },
        {
          code: 'unknownField',
          params: { path: 'spec.containers[0].imagePullpolicy', suggestion: 'imagePullPolicy' },
        },
      ],
    });
  });

  it('refuses kinds that this cluster does not store in words of its own', () => {
    const claim = 'apiVersion: resource.k8s.io/v1\nkind: ResourceClaim\nmetadata: {name: c}\n';
    expect(decode(claim)).toMatchObject({
      kind: 'refused',
      reason: 'notModelled',
      findings: [{ code: 'notModelled', params: { kind: 'ResourceClaim' } }],
    });
  });

  it('only warns, or says nothing, when asked to', () => {
    const document = documentOf(`${POD}  hostnetwork: true\n`);
    expect(decodeObject(document, 'Warn')).toMatchObject({
      kind: 'decoded',
      warnings: ['unknown field "spec.hostnetwork"'],
    });
    expect(decodeObject(document, 'Ignore')).toMatchObject({ kind: 'decoded', warnings: [] });
  });
});

describe('the place of a field path', () => {
  const text = `${POD}    ports:\n    - containerPort: 80\n      hostPort: 8080\n  nodeSelector:\n    kubernetes.io/os: linux\n`;
  const document = documentOf(text);
  const at = (path: string): string => {
    const range = rangeOf(document, path);
    return text.slice(range?.start.offset, range?.end.offset);
  };

  it.each([
    ['spec.containers[0].ports[0].hostPort', '8080'],
    ['spec.containers[0].ports[0].protocol', 'containerPort'],
    ['spec.containers[0].ports', 'ports'],
    ['spec.containers[3].name', 'containers'],
    ['spec.nodeSelector.kubernetes.io/os', 'linux'],
    ['spec.nodeSelector[kubernetes.io/os]', 'linux'],
    ['metadata.labels', 'metadata'],
    ['nosuch', 'apiVersion'],
  ])('of %s is %j', (path, written) => {
    expect(at(path)).toBe(written);
  });

  it('is the key when the key is meant', () => {
    const range = keyRangeOf(document, 'spec.containers[0].ports[0].hostPort');
    expect(text.slice(range?.start.offset, range?.end.offset)).toBe('hostPort');
  });
});
