/**
 * What is compared of a command line when one asks whether its like was recorded: where it runs, which tool, what it is
 * asked to do, which options. Types, and the one place that says how they are written down.
 */
import type { Place } from '../../sim/shell/world.ts';

export type { Place };

/** The tools of a container: BusyBox's, or Debian's. */
export type ContainerTools = Extract<Place, 'busybox' | 'debian'>;

/** Where a line is typed, and what lies around. */
export interface Surroundings {
  readonly place: Place;
  /** The tools of a container of the Pod `pod` (or `TYPE/NAME`); its first one where `container` is not given. */
  toolsIn(pod: string, container: string | undefined): ContainerTools | undefined;
}

/** One thing that a line does, without names, numbers and other values. */
export interface Shape {
  readonly place: Place;
  /** Such as `kubectl get pods --output=wide`, `ps -e -f`, `ps column pid`, `file /proc/N/status`. */
  readonly key: string;
  /** As it was typed. */
  readonly source: string;
}

export interface LineShapes {
  /** In the order in which they stand. */
  readonly shapes: readonly Shape[];
  /** The one whose exit code is the line's; absent where several have a say in it. */
  readonly last: Shape | undefined;
}

/** Options in one order, and whether there is anything beside them. */
export function keyOf(words: readonly string[], options: Iterable<string>, operands: Iterable<string>): string {
  return [...words, ...[...new Set(options)].sort(), ...[...new Set(operands)].sort()].join(' ');
}
