// Reads a manifest as kubectl does before it talks to the API server: documents, apiVersion and kind, metadata,
// the resource they mean, and lists taken apart. Knows nothing of specs.
// Models kubectl v1.37: cli-runtime pkg/resource (StreamVisitor, mapper, metadata decoder, FlattenListVisitor)
// and kubectl pkg/validation/schema.go.

import { API_RESOURCES } from '../schema/resources.ts';
import { quoteGo } from '../yaml/go-text.ts';
import type { MappingNode } from '../yaml/node.ts';
import { checkKind, startOf } from './check-kind.ts';
import { decodeStruct } from './decode-value.ts';
import { closestName } from './explain-unknown.ts';
import { findCause } from './explain-yaml.ts';
import type { Finding, FindingCode } from './finding.ts';
import { encodeJson } from './go-json.ts';
import { findKind, servedVersionOf } from './kinds.ts';
import type { Manifest, ManifestDocument, RefusedDocument } from './manifest.ts';
import { METADATA_ONLY } from './metadata-only.ts';
import { rangeBelow } from './range-of.ts';
import { readDocuments } from './read-documents.ts';
import type { RawDocument } from './read-documents.ts';

export interface ParseOptions {
  /** The file's name in messages; kubectl's "STDIN" for standard input. */
  readonly file?: string;
  /** False for --validate=false, which skips the check of apiVersion and kind. */
  readonly validate?: boolean;
}

type Outcome = ManifestDocument | RefusedDocument;

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
  const cause = code === 'yaml' ? findCause(text, range?.start.line) : undefined;
  return {
    documents,
    error: {
      code,
      params: cause === undefined ? { reason } : { reason, cause: cause.cause, line: String(cause.range.start.line + 1) },
      range: cause?.range ?? range,
      severity: 'error',
      message: `error parsing ${file}: ${message}`,
    },
  };
}

interface Context {
  readonly file: string;
  /** Set for an item of a list: its error has other words. */
  readonly inList?: { readonly itemKind: string; readonly apiVersion: string };
}

function readObject(document: RawDocument, context: Context): Outcome[] {
  const { root } = document;
  const notices = noticesOf(document);
  const refuse = (
    code: FindingCode,
    rest: {
      readonly message: string;
      readonly params?: Finding['params'];
      readonly range?: Finding['range'];
    },
  ): Outcome[] => [
    {
      kind: 'refused',
      finding: {
        code,
        params: rest.params ?? {},
        range: rest.range ?? startOf(root),
        severity: 'error',
        message: rest.message,
      },
      notices,
    },
  ];
  if (root.kind !== 'mapping') {
    // Only with --validate=false does anything but an object come this far.
    const found =
      root.kind === 'sequence' ? 'array' : typeof root.value === 'string' ? 'string' : typeof root.value === 'boolean' ? 'bool' : 'number';
    return refuse('notAnObject', {
      message: `unable to decode "${context.file}": json: cannot unmarshal ${found} into Go value of type unstructured.detector`,
    });
  }
  const inherits = context.inList !== undefined && textAt(root, 'kind') === '' && textAt(root, 'apiVersion') === '';
  const objectKind = inherits ? (context.inList?.itemKind ?? '') : textAt(root, 'kind');
  const apiVersion = inherits ? (context.inList?.apiVersion ?? '') : textAt(root, 'apiVersion');
  const where = `unable to decode "${context.file}": `;
  if (objectKind === '') {
    const message =
      context.inList === undefined
        ? `${where}Object 'Kind' is missing in '${encodeJson(root.value)}'`
        : `unable to get type info from the object "*unstructured.Unstructured": Object 'Kind' is missing in 'unstructured object has no kind'`;
    return refuse('kindMissing', { message });
  }
  const metadata =
    context.inList === undefined ? decodeStruct(METADATA_ONLY, root.value, document.syntax === 'json' ? 'written' : 'sorted').error : undefined;
  if (metadata !== undefined) {
    const params = metadata.kind === 'type' ? { path: metadata.path, found: metadata.found, expected: metadata.expected } : { path: metadata.path };
    return refuse('metadata', {
      message: where + metadata.message,
      params,
      range: rangeBelow(root, metadata.path),
    });
  }
  const meta = root.entryByKey.get('metadata')?.node;
  const name = meta?.kind === 'mapping' ? textAt(meta, 'name') : '';
  const namespace = meta?.kind === 'mapping' ? textAt(meta, 'namespace') : '';
  const match = findKind(apiVersion, objectKind);
  const items = root.entryByKey.get('items')?.node;
  if (match === undefined) {
    const noMatch = `no matches for kind ${quoteGo(objectKind)} in version ${quoteGo(apiVersion)}`;
    const message =
      context.inList === undefined
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
    return refuse('notAnObject', {
      message: 'the server could not find the requested resource',
      range: rangeBelow(root, 'kind'),
    });
  }
  const value = inherits ? { ...root.value, apiVersion, kind: objectKind } : root.value;
  return [
    {
      kind: 'object',
      value,
      root,
      apiVersion,
      objectKind,
      name,
      namespace,
      resource: match.resource,
      notices,
    },
  ];
}

function explainNoKind(
  root: MappingNode,
  written: { readonly apiVersion: string; readonly objectKind: string },
): { readonly params: Finding['params']; readonly range: Finding['range'] } {
  const { apiVersion, objectKind } = written;
  const servedVersion = servedVersionOf(objectKind);
  const suggestion =
    servedVersion === undefined
      ? closestName(
          API_RESOURCES.map((resource) => resource.kind),
          objectKind,
        )
      : undefined;
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
