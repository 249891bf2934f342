/**
 * A moment of a world's course as a bench that can be looked at: map, observers, files, command output. What is run there
 * is run in a world of its own each time, so that the moment stays as it was. Nothing can be changed.
 */
import type { Bench, Observation, Observer, TerminalSession, Verdict } from './bench-contract.ts';
import { observation, observersOf } from './observe.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { replay, type Replayed } from './replay.ts';
import { timelineEntries } from './timeline-entries.ts';
import type { Story } from './story.ts';

export interface Moment extends Bench {
  /** Milliseconds since the learner came. */
  readonly at: number;
  readonly ofStory: Story;
}

/** Brings a moment about. @param at milliseconds since the learner came */
export async function openMoment(story: Story, at: number, signal?: AbortSignal): Promise<Moment> {
  return new PastMoment(story, at, await bringAbout(story, at, signal));
}

function bringAbout({ recipe, entries, entered }: Story, at: number, signal?: AbortSignal): Promise<Replayed> {
  return replay({ recipe, entries, at: entered + at, ...(signal === undefined ? {} : { signal }) });
}

class PastMoment implements Moment {
  readonly at: number;
  readonly ofStory: Story;
  readonly #replayed: Replayed;

  constructor(story: Story, at: number, replayed: Replayed) {
    this.ofStory = story;
    this.at = at;
    this.#replayed = replayed;
  }

  files(): readonly string[] {
    return [...this.#replayed.inputs.texts().keys()];
  }

  text(file: string): string {
    return this.#replayed.inputs.text(file);
  }

  observers(): readonly Observer[] {
    return observersOf(this.#replayed.scene.world);
  }

  async runEverywhere(command: string, observers: readonly string[]): Promise<readonly Observation[]> {
    const { scene } = await bringAbout(this.ofStory, this.at);
    const results: Observation[] = [];
    for (const observer of observers) {
      const result = await scene.finish(scene.world.run(observer, command));
      results.push(observation(scene, { observer, command, result }));
    }
    return results;
  }

  suggestions(): ReturnType<Bench['suggestions']> {
    return { first: { command: '', observers: [] }, everywhere: [], at: () => [] };
  }

  snapshot(): ReturnType<Bench['snapshot']> {
    return mapSnapshot(this.#replayed.scene.world.cluster);
  }

  events(): ReturnType<Bench['events']> {
    return timelineEntries(this.#replayed.scene, this.ofStory.entries);
  }

  story(): Story {
    return this.ofStory;
  }

  ownClusterCommands(): readonly string[] {
    return [];
  }

  takeWritten(): readonly string[] {
    return [];
  }

  setText(): void {
    // The past stays as it was.
  }

  takeFiles(): void {
    // Nor does it take files.
  }

  verdict(): Verdict {
    return { status: 'accepted', findings: [], goals: [] };
  }

  apply(): Promise<{ readonly exitCode: number; readonly output: string }> {
    return Promise.resolve({ exitCode: 1, output: '' });
  }

  openTerminal(_observer: string, options: Parameters<Bench['openTerminal']>[1]): TerminalSession {
    options.onEnd?.();
    return { input: nothing, resize: nothing, close: nothing };
  }

  reset(): Promise<() => void> {
    return Promise.resolve(nothing);
  }

  course(): ReturnType<Bench['course']> {
    return 'fresh';
  }

  startAfresh(): Promise<() => void> {
    return Promise.resolve(nothing);
  }

  solution(): Promise<string> {
    return Promise.resolve('');
  }

  saveState(): ReturnType<Bench['saveState']> {
    return 'saved';
  }

  subscribe(): () => void {
    return nothing;
  }

  onEdit(): () => void {
    return nothing;
  }
}

function nothing(): void {
  // The past takes nothing.
}
