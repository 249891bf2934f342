/**
 * The hash that tells one template's ReplicaSet (or revision) from another's: FNV-1a of Go's dump of the template, in an
 * alphabet without vowels. Modelled on pkg/controller/controller_utils.go ComputeHash (v1.37), digit for digit.
 */
import type { PodTemplateSpec } from '../api/types-pod.ts';
import { goDump } from './go-dump.ts';

/** apimachinery pkg/util/rand SafeEncodeString. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** One character for each byte of the text in UTF-8. */
function utf8(text: string): string {
  // What is ASCII is its own UTF-8.
  return /^[\0-\x7f]*$/.test(text) ? text : unescape(encodeURIComponent(text));
}

/** Templates never change, and their owners ask at every sync. */
const KNOWN = new WeakMap<PodTemplateSpec, Map<number | undefined, string>>();

function safeEncoded(digits: string): string {
  return [...digits].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length] ?? '').join('');
}

/** A hash of a template; `collisions` is what the owner counted so far. */
export function templateHash(template: PodTemplateSpec, collisions: number | undefined): string {
  const known = KNOWN.get(template) ?? new Map<number | undefined, string>();
  const hash = known.get(collisions) ?? computed(template, collisions);
  known.set(collisions, hash);
  KNOWN.set(template, known);
  return hash;
}

function computed(template: PodTemplateSpec, collisions: number | undefined): string {
  let hash = 2_166_136_261;
  const bytes = utf8(goDump(template, 'v1.PodTemplateSpec'));
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes.charCodeAt(at), 16_777_619);
  if (collisions !== undefined) for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ (i < 4 ? (collisions >>> (8 * i)) & 255 : 0), 16_777_619);
  return safeEncoded(String(hash >>> 0));
}
