/** Random parts of the API server's own: names from generateName, uids. The dice are the simulation's. */
import type { Random } from '../../engine/random.ts';

/** k8s.io/apimachinery pkg/util/rand: no vowels and no 0, 1, 3, so that no words appear. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';
/** Kubernetes' longest name with a random suffix: 63 - 5 (apiserver/pkg/storage/names/generate.go). */
const MAX_BASE = 58;

/** `length` characters of the alphabet of generated names. */
export function randomName(random: Random, length: number): string {
  return random.string(length, ALPHABET);
}

/** generateName plus five characters. */
export function generatedName(random: Random, base: string): string {
  return base.slice(0, MAX_BASE) + randomName(random, 5);
}

/** A version 4 UUID. */
export function randomUid(random: Random): string {
  const variant = random.pick(['8', '9', 'a', 'b']);
  const hex = (length: number): string => random.string(length, HEX);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}
