/** What the server says of a patch whose result is no object of its type (apiserver pkg/endpoints/handlers/patch.go, v0.37). */
import { decodeObject } from '../../../../kube/api/decode/decode-object.ts';
import type { FieldValidation } from '../../../../kube/api/decode/decode-object.ts';
import { quoteGo } from '../../../../kube/api/yaml/go-text.ts';
import { Failure } from '../failure.ts';
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
  return new Failure('', { text: `The request is invalid: patch: Invalid value: ${quoteGo(goText(patch))}: ${why}\n` });
}

const GO_KINDS: Readonly<Record<string, string>> = { array: 'slice', object: 'map', number: 'int64' };

/** apimachinery pkg/runtime/converter.go fromUnstructured. */
function conversionProblem(found: string, expected: string): string {
  const kind = GO_KINDS[found] ?? found;
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
