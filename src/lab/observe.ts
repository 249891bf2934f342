/** What the observers of a world are, and what a command prints for one of them, line by line. */
import type { Observation, Observer } from './bench-contract.ts';
import { explainLines } from './line-origins.ts';
import { mapSnapshot } from './map-snapshot.ts';
import type { CommandResult, Scene } from './scene.ts';
import type { World } from '../sim/shell/world.ts';

export function observersOf(world: World): readonly Observer[] {
  return world
    .observers()
    .map((name) => ({ name, kind: name.includes('/') ? 'container' : world.cluster.nodes.includes(name) ? 'node' : 'outside' }));
}

export interface Ran {
  readonly observer: string;
  readonly command: string;
  /** Absent when there was no such place. */
  readonly result: CommandResult | undefined;
}

/** What a command that was run in `scene` printed, each line with what it tells about. */
export function observation(scene: Scene, { observer, command, result }: Ran): Observation {
  const { exitCode, stdout, stderr } = result ?? { exitCode: 1, stdout: '', stderr: `${observer}: not running\n` };
  return { observer, exitCode, lines: explainLines(mapSnapshot(scene.world.cluster), observer, { command, lines: lines(stdout + stderr) }) };
}

function lines(text: string): Observation['lines'] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ text: line }));
}
