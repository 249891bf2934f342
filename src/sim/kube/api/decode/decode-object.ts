// Decodes one object as the API server's handler does when it arrives: the kind must fit the URL, types must be
// right, and no field may be unknown. Knows no defaults and no validation beyond types.
// Models k8s.io/apiserver v0.37, pkg/endpoints/handlers (create.go, rest.go: transformDecodeError) and
// k8s.io/apimachinery v0.37, pkg/runtime/serializer/json.

import type { SourceRange } from '../yaml/source.ts';
import { apiVersionOf } from '../schema/resources.ts';
import { decodeValue } from './decode-value.ts';
import type { DecodeProblem } from './decode-value.ts';
import type { JsonObject } from './json-value.ts';
import { suggestField, whereFieldBelongs } from './explain-unknown.ts';
import type { Finding } from './finding.ts';
import { structOf } from './kinds.ts';
import type { ManifestDocument } from './manifest.ts';
import { keyRangeOf, rangeOf } from './manifest.ts';

/** The request's fieldValidation: kubectl's --validate=true, warn or false. */
export type FieldValidation = 'Ignore' | 'Strict' | 'Warn';

export type DecodeResult =
  | {
      readonly kind: 'decoded';
      /** Only known fields, values in the server's own writing; apiVersion and kind included. */
      readonly object: JsonObject;
      /** Warnings that the server sends back with fieldValidation=Warn, without "Warning: ". */
      readonly warnings: readonly string[];
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'refused';
      /** The Status' reason; `notModelled` when only this simulated cluster lacks the kind. */
      readonly reason: 'BadRequest' | 'RequestEntityTooLarge' | 'notModelled';
      /** The Status' message: what follows "error when creating …: ". */
      readonly message: string;
      /** One for each problem that the message names. */
      readonly findings: readonly Finding[];
    };

/** Decodes a document of a manifest. Never throws. */
export function decodeObject(document: ManifestDocument, fieldValidation: FieldValidation = 'Strict'): DecodeResult {
  const { resource, objectKind } = document;
  const apiVersion = apiVersionOf(resource);
  const cannot = `${objectKind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: `;
  if (structOf(resource) === undefined) {
    const message = `the simulated cluster does not store kind "${resource.kind}"`;
    const range = rangeOf(document, 'kind');
    return {
      kind: 'refused',
      reason: 'notModelled',
      message,
      findings: [{ code: 'notModelled', params: { kind: resource.kind }, range, severity: 'error', message }],
    };
  }
  if (objectKind !== resource.kind) {
    const message = `${cannot}no kind "${objectKind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
    const params = { kind: objectKind, suggestion: resource.kind };
    return {
      kind: 'refused',
      reason: 'BadRequest',
      message,
      findings: [{ code: 'kindCase', params, range: rangeOf(document, 'kind'), severity: 'error', message }],
    };
  }
  if (isTooLarge(document)) {
    const message = `Request entity too large: limit is ${String(MOST_BYTES)}`;
    const range = rangeOf(document, 'kind');
    return {
      kind: 'refused',
      reason: 'RequestEntityTooLarge',
      message,
      findings: [{ code: 'tooLarge', params: {}, range, severity: 'error', message }],
    };
  }
  const { value, error, unknown } = decodeValue(resource.kind, document.value);
  if (error !== undefined) {
    const message = cannot + error.message;
    return { kind: 'refused', reason: 'BadRequest', message, findings: [describe(document, error, message)] };
  }
  if (unknown.length > 0 && fieldValidation === 'Strict') {
    const message = `${cannot}strict decoding error: ${unknown.map((each) => each.message).join(', ')}`;
    return {
      kind: 'refused',
      reason: 'BadRequest',
      message,
      findings: unknown.map((each) => describe(document, each, message)),
    };
  }
  const warnings = fieldValidation === 'Warn' ? unknown.map((each) => each.message) : [];
  const ignored = unknown.map((each) => ({
    ...describe(document, each, each.message),
    severity: 'warning' as const,
  }));
  return {
    kind: 'decoded',
    object: { ...value, apiVersion, kind: resource.kind },
    warnings,
    findings: ignored,
  };
}

function describe(document: ManifestDocument, problem: DecodeProblem, message: string): Finding {
  const place: { readonly range: SourceRange | undefined; readonly severity: 'error' } = {
    range: problem.kind === 'unknown' ? keyRangeOf(document, problem.path) : rangeOf(document, problem.path),
    severity: 'error',
  };
  switch (problem.kind) {
    case 'type':
      return {
        code: 'type',
        params: { path: problem.path, found: problem.found, expected: problem.expected },
        message,
        ...place,
      };
    case 'value':
      return { code: 'value', params: { path: problem.path, found: problem.found }, message, ...place };
    case 'unknown': {
      const { path, field, parent, struct } = problem;
      const suggestion = suggestField(struct, field);
      const belongs = whereFieldBelongs(document.resource.kind, field);
      const params = {
        path,
        field,
        parent,
        ...(suggestion === undefined ? {} : { suggestion }),
        ...(belongs === undefined ? {} : { belongs }),
      };
      return { code: 'unknownField', params, message, ...place };
    }
  }
}

/** MaxRequestBodyBytes of k8s.io/apiserver pkg/server/config.go. */
const MOST_BYTES = 3 * 1024 * 1024;

/** Whether the request would be refused before anything reads it (limitedReadBody in pkg/endpoints/handlers/rest.go). */
function isTooLarge({ root, value }: ManifestDocument): boolean {
  // Most texts are far from it, so that they need not be written out.
  const written = root.end.offset - root.start.offset;
  return written > MOST_BYTES / 10 && JSON.stringify(value).length > MOST_BYTES;
}
