/** What an existing object becomes when a manifest is applied to it. Pure; the server is asked by others. */
import { decodeValue } from '../../../../kube/api/decode/decode-value.ts';
import { deepEqual } from '../../../../kube/apiserver/deep-equal.ts';
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import type { PlainObject } from '../../../../kube/api/yaml/node.ts';
import { isMap } from '../output/plain-value.ts';
import type { Plain, PlainMap } from '../output/plain-value.ts';
import { LAST_APPLIED } from './last-applied.ts';
import type { ManifestObject } from './manifest-files.ts';
import { strategicDiff } from './strategic-diff.ts';
import { threeWayMerge } from './three-way-merge.ts';

export interface Applied {
  /** Without a resourceVersion, so that it is sent unconditionally. */
  readonly object: ApiObject;
  readonly unchanged: boolean;
  /** The strategic merge patch that leads there. */
  readonly patch: PlainMap;
}

/** @param configuration the text to remember; undefined leaves the annotation as it is */
export function appliedObject(entry: ManifestObject, current: ApiObject, configuration: string | undefined): Applied {
  const original = parsedText(current.metadata.annotations?.[LAST_APPLIED]);
  const merged = threeWayMerge({ original, modified: modifiedOf(entry, configuration), current });
  const { value } = decodeValue(entry.resource.kind, merged as PlainObject);
  const { resourceVersion: _seen, ...metadata } = (value as unknown as ApiObject).metadata;
  return {
    object: { ...value, apiVersion: current.apiVersion, kind: current.kind, metadata: { ...metadata } } as unknown as ApiObject,
    unchanged: deepEqual(merged, current),
    patch: isMap(merged) ? strategicDiff({ ...current }, merged) : {},
  };
}

/** The manifest, with its own text as annotation where that is given. */
function modifiedOf(entry: ManifestObject, configuration: string | undefined): Plain {
  const value = entry.document.value;
  const metadata = isMap(value['metadata']) ? value['metadata'] : {};
  const annotations = isMap(metadata['annotations']) ? metadata['annotations'] : {};
  const placed = entry.namespace === '' ? {} : { namespace: entry.namespace };
  return {
    ...value,
    metadata: { ...metadata, ...placed, annotations: configuration === undefined ? annotations : { ...annotations, [LAST_APPLIED]: configuration } },
  };
}

function parsedText(text: string | undefined): Plain {
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return {};
  }
}
