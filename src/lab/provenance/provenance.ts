/**
 * Whether the like of a command line was recorded on a real system, and where: the index of recorded shapes and how a line
 * is looked up in it. How the index comes about is record-shapes.ts' business.
 */
import { lineShapes } from './line-shapes.ts';
import type { Place, Surroundings } from './shape.ts';

/** What printed a recording. */
export interface Source {
  /** `Kubernetes`, or a package such as `iproute2`. */
  readonly name: string;
  readonly version: string;
  /** ISO date. */
  readonly date: string;
}

/** What recorded commands ended with: 1 with exit code 0, 2 with another, 3 both. */
export type Outcomes = 1 | 2 | 3;

export interface RecordedShapes {
  readonly sources: readonly Source[];
  /** By place and key: four times the place of its source in `sources`, and the outcomes. */
  readonly shapes: { readonly [place in Place]: { readonly [key: string]: number } };
}

export type Provenance =
  | { readonly kind: 'recorded'; readonly sources: readonly Source[] }
  /** `missing`: the part of the line that no recording has; absent where the line is not known before it runs. */
  | { readonly kind: 'modelled'; readonly missing?: string };

/** Characters of a command that an explanation quotes. */
const LONGEST_QUOTE = 60;

export interface Question {
  readonly line: string;
  readonly surroundings: Surroundings;
  /** `undefined` while it runs, or where nobody knows. */
  readonly exitCode?: number | undefined;
}

/** @returns undefined for a line that runs nothing */
export function provenanceOf({ line, surroundings, exitCode }: Question, { sources, shapes }: RecordedShapes): Provenance | undefined {
  if (line.trim() === '') return undefined;
  const found = lineShapes(line, surroundings);
  if (!found) return { kind: 'modelled' };
  const used = new Set<Source>();
  for (const shape of found.shapes) {
    const entry = Object.hasOwn(shapes[shape.place], shape.key) ? shapes[shape.place][shape.key] : undefined;
    const source = entry === undefined ? undefined : sources[entry >> 2];
    const ended = shape === found.last ? outcomeOf(exitCode) : 0;
    if (entry === undefined || !source || (ended !== 0 && (entry & ended) === 0)) return { kind: 'modelled', missing: quoted(shape.source) };
    used.add(source);
  }
  return { kind: 'recorded', sources: [...used] };
}

/** @returns 0 where it tells nothing: still running, or ended by a signal */
export function outcomeOf(exitCode: number | undefined): Outcomes | 0 {
  if (exitCode === undefined || exitCode >= 128) return 0;
  return exitCode === 0 ? 1 : 2;
}

function quoted(source: string): string {
  const line = source.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}
