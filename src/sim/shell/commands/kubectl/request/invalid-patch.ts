/** What the server says of a patch whose result is no object of its type (apiserver pkg/endpoints/handlers/patch.go, v0.37). */
import { decodeObject } from '../../../../kube/api/decode/decode-object.ts';
import type { FieldValidation } from '../../../../kube/api/decode/decode-object.ts';
import { decodeValue } from '../../../../kube/api/decode/decode-value.ts';
import { encodeJson } from '../../../../kube/api/decode/go-json.ts';
import { badRequest } from '../../../../kube/api/status.ts';
import { applyPatch } from '../../../../kube/apiserver/patch.ts';
import type { PatchType } from '../../../../kube/apiserver/patch.ts';
import type { PlainObject } from '../../../../kube/api/yaml/node.ts';
import { quoteGo } from '../../../../kube/api/yaml/go-text.ts';
import { Failure, StatusFailure } from '../failure.ts';
import { isList, isMap, sortedEntries } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { ManifestObject } from './manifest-files.ts';

/** The refusal of a patch made from a manifest that cannot be decoded. */
export function invalidPatch(entry: ManifestObject, patch: Plain, validation: FieldValidation): Failure {
  const result = decodeObject(entry.document, validation);
  if (result.kind === 'decoded') return new Failure('the patch is invalid');
  const [finding] = result.findings;
  const why =
    finding?.code === 'type'
      ? conversionProblem(finding.params['found'] ?? '', finding.params['expected'] ?? '')
      : result.message.replace(/^.* cannot be handled as a \w+: /, '');
  return refusedPatch(goText(patch), why);
}

export interface GivenPatch {
  readonly type: PatchType;
  readonly body: Plain;
}

/**
 * Looks at what a patch would make of an object, as the server does with fieldValidation=Warn. A body that is no patch, and
 * values of a wrong type, are refused. @returns the fields that the type does not have, as warnings
 */
export function patchWarnings(kind: string, object: Plain, { type, body }: GivenPatch): readonly string[] {
  const found = isList(body) ? 'array' : typeof body;
  if (type === 'json' ? !isList(body) : !isMap(body)) {
    const wanted = type === 'json' ? '[]handlers.jsonPatchOp' : 'map[string]interface {}';
    throw new StatusFailure(
      badRequest(`${type === 'strategic' ? '' : 'error decoding patch: '}json: cannot unmarshal ${found} into Go value of type ${wanted}`),
    );
  }
  const changed = applyPatch(type, object, body);
  if (!isMap(changed as Plain) || (changed as { kind?: unknown }).kind === 'patch-problem') return [];
  const { error, unknown } = decodeValue(kind, changed as PlainObject);
  if (error === undefined) return unknown.map((each) => each.message);
  const why = type === 'strategic' && error.kind === 'type' ? conversionProblem(error.found, error.expected) : error.message;
  throw refusedPatch(type === 'strategic' ? goText(body) : encodeJson(changed as PlainObject), why);
}

function refusedPatch(shown: string, why: string): Failure {
  return new Failure('', { text: `The request is invalid: patch: Invalid value: ${quoteGo(shown)}: ${why}\n` });
}

const GO_KINDS: Readonly<Record<string, string>> = { array: 'slice', object: 'map', number: 'int64' };

/** apimachinery pkg/runtime/converter.go fromUnstructured. */
function conversionProblem(found: string, expected: string): string {
  const kind = GO_KINDS[found] ?? found;
  if (found === 'number' && expected === 'string') return 'cannot convert int64 to string';
  if (expected.startsWith('[]')) return `cannot restore slice from ${kind}`;
  if (expected.startsWith('map[') || expected === 'v1.ResourceList') return `cannot restore map from ${kind}`;
  if (/^v\d/.test(expected) && found !== 'string') return `cannot restore struct from: ${kind}`;
  return /^v\d/.test(expected) ? `cannot restore struct from: ${kind}` : `unrecognized type: ${expected}`;
}

/** fmt's %v. */
function goText(value: Plain): string {
  if (isList(value)) return `[${value.map(goText).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedEntries(value)
      .map(([key, each]) => `${key}:${goText(each)}`)
      .join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}
