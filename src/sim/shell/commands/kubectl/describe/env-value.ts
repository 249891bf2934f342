/** Where the value of an environment variable comes from, in words (kubectl pkg/describe describeContainerEnvVars, v0.37). */
import { quantityNano } from '../../../../kube/api/quantity.ts';
import { fieldOf, isMap, mapAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';

/** @param from the variable's `valueFrom`. @param pod undefined in templates */
export function valueOfEnv(from: Plain, container: Plain, pod: Plain): string {
  const field = fieldOf(from, 'fieldRef');
  if (isMap(field)) return `${fieldValue(textAt(field, 'fieldPath'), pod)} (${textAt(field, 'apiVersion')}:${textAt(field, 'fieldPath')})`;
  const resource = fieldOf(from, 'resourceFieldRef');
  if (isMap(resource)) {
    const name = textAt(resource, 'resource');
    const [group = '', kind = ''] = name.split('.');
    const given = textAt(container, 'resources', group, kind) || '0';
    // Whole units, rounded up (resource.ExtractContainerResourceValue).
    const value = given === '0' ? given : String((quantityNano(given) + 999_999_999n) / 1_000_000_000n);
    return `${value === '0' && /^limits\.(?:cpu|memory)$/.test(name) ? 'node allocatable' : value} (${name})`;
  }
  const secret = fieldOf(from, 'secretKeyRef');
  const reference = isMap(secret) ? secret : fieldOf(from, 'configMapKeyRef');
  const where = isMap(secret) ? `in secret '${textAt(reference, 'name')}'` : `of config map '${textAt(reference, 'name')}'`;
  return `<set to the key '${textAt(reference, 'key')}' ${where}>\tOptional: ${String(fieldOf(reference, 'optional') === true)}`;
}

const STATUS_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'metadata.name': ['metadata', 'name'],
  'metadata.namespace': ['metadata', 'namespace'],
  'metadata.uid': ['metadata', 'uid'],
};

function fieldValue(path: string, pod: Plain): string {
  const known = STATUS_FIELDS[path];
  if (known !== undefined) return textAt(pod, ...known);
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  return subscript === null ? '' : String(mapAt(pod, 'metadata', subscript[1] ?? '')[subscript[2] ?? ''] ?? '');
}
