/** Looks up a line of a world in the index of recorded shapes. Comes late, with the shell's parser. */
import type { World } from '../../sim/shell/world.ts';
import type { RanLine } from '../bench-contract.ts';
import { loadShapes } from './load-shapes.ts';
import { provenanceOf, type Provenance } from './provenance.ts';
import { surroundingsOf } from './surroundings.ts';

/** @returns undefined for a line that runs nothing, for a place that is gone, or when the index cannot be fetched */
export async function worldProvenance(world: World, { line, at, exitCode }: RanLine): Promise<Provenance | undefined> {
  const surroundings = surroundingsOf(world, at);
  if (!surroundings) return undefined;
  const shapes = await loadShapes().catch(() => undefined);
  return shapes && provenanceOf({ line, surroundings, exitCode }, shapes);
}
