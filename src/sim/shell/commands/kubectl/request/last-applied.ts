/** The annotation in which `kubectl apply` remembers the manifest (kubectl pkg/util/apply.go, v0.37). */
import { encodeJson } from '../../../../kube/api/decode/go-json.ts';
import type { PlainObject } from '../../../../kube/api/yaml/node.ts';
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import type { ManifestObject } from './manifest-files.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest as the annotation holds it: namespace filled in, the annotation itself taken out. */
export function configurationText(entry: ManifestObject): string {
  const { value } = entry.document;
  const metadata = (value['metadata'] ?? {}) as PlainObject;
  const { [LAST_APPLIED]: _own, ...annotations } = (metadata['annotations'] ?? {}) as PlainObject;
  const placed = { ...metadata, annotations, ...(entry.namespace === '' ? {} : { namespace: entry.namespace }) };
  return `${encodeJson({ ...value, metadata: placed })}\n`;
}

/** The object with the annotation set. */
export function withLastApplied(object: ApiObject, configuration: string): ApiObject {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [LAST_APPLIED]: configuration } } };
}
