/** Reads a static Pod's manifest as the kubelet does: decoded strictly enough, with the API's defaults (pkg/kubelet/config/common.go tryDecodeSinglePod). */
import { remembered } from '../../engine/remembered.ts';
import { decodeObject } from '../api/decode/decode-object.ts';
import { parseManifest } from '../api/decode/parse-manifest.ts';
import { applyDefaults } from '../api/defaulting/apply-defaults.ts';
import type { KubeObject } from '../api/types.ts';
import type { Pod } from '../api/types-pod.ts';

/** @returns undefined when the text holds no Pod */
export const readManifest = remembered(read, 50);

function read(text: string): Pod | undefined {
  const document = parseManifest(text).documents.find((each) => each.kind === 'object');
  if (document?.kind !== 'object') return undefined;
  const decoded = decodeObject(document, 'Warn');
  if (decoded.kind === 'refused') return undefined;
  const object = applyDefaults(decoded.object as unknown as KubeObject);
  return object.kind === 'Pod' ? (object as Pod) : undefined;
}
