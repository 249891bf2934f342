/**
 * The hash that tells one template's ReplicaSet (or revision) from another's. Upstream hashes Go's dump of the struct
 * (pkg/controller/controller_utils.go ComputeHash); here the canonical JSON is hashed with the same FNV-1a and alphabet.
 */
import type { PodTemplateSpec } from '../api/types-pod.ts';

/** apimachinery pkg/util/rand SafeEncodeString. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => `${key}:${canonical(field)}`).join(',')}}`;
}

/** A hash of a template, 8 to 10 characters; `collisions` is what the owner counted so far. */
export function templateHash(template: PodTemplateSpec, collisions: number | undefined): string {
  let hash = 2_166_136_261;
  for (const char of canonical(template) + (collisions === undefined ? '' : String(collisions))) {
    hash ^= char.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 16_777_619);
  }
  const digits = String(hash >>> 0).padStart(8, '1');
  return [...digits].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length] ?? 'b').join('');
}
