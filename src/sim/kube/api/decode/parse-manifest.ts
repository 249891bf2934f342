// Reads a manifest as kubectl does before it talks to the API server: documents, apiVersion and kind, metadata,
// the resource they mean, and lists taken apart. Knows nothing of specs.
// Models kubectl v1.37: cli-runtime pkg/resource (StreamVisitor, mapper, metadata decoder, FlattenListVisitor)
// and kubectl pkg/validation/schema.go.

import type { SchemaStruct } from '../schema/schema.ts';
import { quoteGo } from '../yaml/go-text.ts';
import type { MappingNode, PlainValue, SourceNode } from '../yaml/node.ts';
import { decodeStruct } from './decode-value.ts';
import { closestName } from './explain-unknown.ts';
import type { Finding, FindingCode } from './finding.ts';
import { encodeJson } from './go-json.ts';
import { findKind, servedVersionOf } from './kinds.ts';
import type { Manifest, ManifestDocument, RefusedDocument } from './manifest.ts';
import { keyRangeBelow, rangeBelow } from './range-of.ts';
import { readDocuments } from './read-documents.ts';
import type { RawDocument } from './read-documents.ts';
import { API_RESOURCES } from '../schema/resources.ts';

export interface ParseOptions {
  /** The file's name in messages; kubectl's "STDIN" for standard input. */
  readonly file?: string;
  /** False for --validate=false, which skips the check of apiVersion and kind. */
  readonly validate?: boolean;
}

type Outcome = ManifestDocument | RefusedDocument;

const scalar = (name: string): readonly [string, SchemaStruct['fieldByName'] extends ReadonlyMap<string, infer F> ? F : never] => [
  name,
  { name, type: { kind: 'string', goName: 'string' }, keepsZero: false, mergeKey: undefined, retainsKeys: false, embedded: 'TypeMeta' },
];

/** kubectl decodes metadata alone, so that labels that are no strings are found before anything is sent. */
const METADATA_ONLY: SchemaStruct = {
  name: 'metadataOnlyObject',
  fieldByName: new Map([
    scalar('apiVersion'),
    scalar('kind'),
    [
      'metadata',
      {
        name: 'metadata',
        type: { kind: 'struct', struct: 'ObjectMeta', goName: 'v1.ObjectMeta' },
        keepsZero: false,
        mergeKey: undefined,
        retainsKeys: false,
        embedded: undefined,
      },
    ],
  ]),
};

const textAt = (node: MappingNode, key: string): string => {
  const value = node.entryByKey.get(key)?.node.value;
  return typeof value === 'string' ? value : '';
};

function noticesOf(document: RawDocument): Finding[] {
  return document.duplicates.map(({ key, range, first }) => ({
    code: 'duplicateKey',
    params: { key, firstLine: String(first.start.line + 1), line: String(range.start.line + 1) },
    range,
    severity: 'warning',
    message: '',
  }));
}

/**
 * Reads the text of a manifest. Never throws.
 * An error's or refusal's `message` lacks kubectl's leading "error: ".
 */
export function parseManifest(text: string, options: ParseOptions = {}): Manifest {
  const file = options.file ?? 'manifest.yaml';
  const read = readDocuments(text);
  const documents: Outcome[] = [];
  for (const document of read.documents) {
    const error = options.validate === false ? undefined : checkKind(document.root, file);
    if (error !== undefined) return { documents, error };
    documents.push(...readObject(document, { file }));
  }
  if (read.error === undefined) return { documents, error: undefined };
  const { code, message, range } = read.error;
  const reason = message.replace(/^.*?yaml: (?:line \d+: )?/, '');
  const error: Finding = { code, params: { reason }, range, severity: 'error', message: `error parsing ${file}: ${message}` };
  return { documents, error };
}

/** kubectl's check before it asks the server which fields exist. */
function checkKind(root: SourceNode, file: string): Finding | undefined {
  const found: { readonly code: FindingCode; readonly message: string; readonly key: string }[] = [];
  if (root.kind !== 'mapping') {
    found.push({ code: 'notAnObject', message: 'invalid object to validate', key: '' });
  } else {
    const apiVersion = root.entryByKey.get('apiVersion')?.node.value ?? null;
    const kind = root.entryByKey.get('kind')?.node.value ?? null;
    if (apiVersion === null) found.push({ code: 'apiVersionMissing', message: 'apiVersion not set', key: 'apiVersion' });
    else if (typeof apiVersion !== 'string') found.push({ code: 'apiVersionNotString', message: "apiVersion isn't string type", key: 'apiVersion' });
    else if (apiVersion.split('/').length > 2) {
      found.push({ code: 'apiVersionMalformed', message: `unexpected GroupVersion string: ${apiVersion}`, key: 'apiVersion' });
    }
    if (kind === null) found.push({ code: 'kindMissing', message: 'kind not set', key: 'kind' });
    else if (typeof kind !== 'string') found.push({ code: 'kindNotString', message: "kind isn't string type", key: 'kind' });
  }
  const [first] = found;
  if (first === undefined) return undefined;
  const messages = found.map(({ message }) => message).join(', ');
  const data = found.length > 1 ? `[${messages}]` : messages;
  const range = (first.key === '' ? undefined : rangeBelow(root, first.key)) ?? startOf(root);
  const message = `error validating "${file}": error validating data: ${data}; if you choose to ignore these errors, turn validation off with --validate=false`;
  const wrongCase = root.kind === 'mapping' ? [...root.entryByKey.keys()].find((key) => key !== first.key && key.toLowerCase() === first.key.toLowerCase()) : undefined;
  return {
    code: first.code,
    params: wrongCase === undefined ? {} : { written: wrongCase },
    range: wrongCase === undefined ? range : (keyRangeBelow(root, wrongCase) ?? range),
    severity: 'error',
    message,
  };
}

function startOf(root: SourceNode): Finding['range'] {
  if (root.kind === 'mapping') return root.entryByKey.values().next().value?.key;
  return root.start.line === root.end.line ? { start: root.start, end: root.end } : { start: root.start, end: root.start };
}

interface Context {
  readonly file: string;
  /** Set for an item of a list: its error has other words. */
  readonly inList?: { readonly itemKind: string; readonly apiVersion: string };
}

function readObject(document: RawDocument, context: Context): Outcome[] {
  const { root } = document;
  const notices = noticesOf(document);
  const refuse = (code: FindingCode, rest: { readonly message: string; readonly params?: Finding['params']; readonly range?: Finding['range'] }): Outcome[] => [
    {
      kind: 'refused',
      finding: { code, params: rest.params ?? {}, range: rest.range ?? startOf(root), severity: 'error', message: rest.message },
      notices,
    },
  ];
  if (root.kind !== 'mapping') {
    // Only with --validate=false does anything but an object come this far.
    const found = root.kind === 'sequence' ? 'array' : typeof root.value === 'string' ? 'string' : typeof root.value === 'boolean' ? 'bool' : 'number';
    return refuse('notAnObject', { message: `unable to decode "${context.file}": json: cannot unmarshal ${found} into Go value of type unstructured.detector` });
  }
  const inherits = context.inList !== undefined && textAt(root, 'kind') === '' && textAt(root, 'apiVersion') === '';
  const objectKind = inherits ? (context.inList?.itemKind ?? '') : textAt(root, 'kind');
  const apiVersion = inherits ? (context.inList?.apiVersion ?? '') : textAt(root, 'apiVersion');
  const where = `unable to decode "${context.file}": `;
  if (objectKind === '') {
    const message = context.inList === undefined
      ? `${where}Object 'Kind' is missing in '${encodeJson(root.value)}'`
      : `unable to get type info from the object "*unstructured.Unstructured": Object 'Kind' is missing in 'unstructured object has no kind'`;
    return refuse('kindMissing', { message });
  }
  const metadata = context.inList === undefined ? decodeStruct(METADATA_ONLY, root.value, document.syntax === 'json' ? 'written' : 'sorted').error : undefined;
  if (metadata !== undefined) {
    const params = metadata.kind === 'type' ? { path: metadata.path, found: metadata.found, expected: metadata.expected } : { path: metadata.path };
    return refuse('metadata', { message: where + metadata.message, params, range: rangeBelow(root, metadata.path) });
  }
  const meta = root.entryByKey.get('metadata')?.node;
  const name = meta?.kind === 'mapping' ? textAt(meta, 'name') : '';
  const namespace = meta?.kind === 'mapping' ? textAt(meta, 'namespace') : '';
  const match = findKind(apiVersion, objectKind);
  const items = root.entryByKey.get('items')?.node;
  if (match === undefined) {
    const noMatch = `no matches for kind ${quoteGo(objectKind)} in version ${quoteGo(apiVersion)}`;
    const message = context.inList === undefined
      ? `resource mapping not found for name: ${quoteGo(name)} namespace: ${quoteGo(namespace)} from "${context.file}": ${noMatch}\nensure CRDs are installed first`
      : `unable to recognize ${noMatch}`;
    return refuse('noKind', { message, ...explainNoKind(root, { apiVersion, objectKind }) });
  }
  if (items !== undefined) {
    const inList = { itemKind: objectKind.replace(/List$/, ''), apiVersion };
    const each = items.kind === 'sequence' ? items.items : [];
    return each.flatMap((item) => readObject({ root: item, duplicates: [], syntax: document.syntax }, { ...context, inList }));
  }
  if (match.kind === 'list') {
    // The mapper guesses a resource from the kind, which the server does not have.
    return refuse('notAnObject', { message: 'the server could not find the requested resource', range: rangeBelow(root, 'kind') });
  }
  const value = inherits ? { ...root.value, apiVersion, kind: objectKind } : root.value;
  return [{ kind: 'object', value, root, apiVersion, objectKind, name, namespace, resource: match.resource, notices }];
}

function explainNoKind(
  root: MappingNode,
  written: { readonly apiVersion: string; readonly objectKind: string },
): { readonly params: Finding['params']; readonly range: Finding['range'] } {
  const { apiVersion, objectKind } = written;
  const servedVersion = servedVersionOf(objectKind);
  const suggestion = servedVersion === undefined ? closestName(API_RESOURCES.map((resource) => resource.kind), objectKind) : undefined;
  const version = servedVersion === apiVersion ? undefined : servedVersion;
  return {
    params: {
      kind: objectKind,
      apiVersion,
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(version === undefined ? {} : { servedVersion: version }),
    },
    range: rangeBelow(root, version === undefined ? 'kind' : 'apiVersion'),
  };
}

/** A scalar's text as YAML had it, for values that stand in for strings. */
export function plainText(value: PlainValue): string {
  return typeof value === 'string' ? value : encodeJson(value);
}
