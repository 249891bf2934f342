// Says how this visit's cluster came about, where it is not simply new, and offers a new one. Knows no worlds.
import { useEffect, useRef } from 'preact/hooks';
import type { Bench, CourseState } from '../../lab/bench-contract.ts';
import type { Note } from './notice.tsx';

interface Options {
  readonly lab: Bench | undefined;
  readonly onNote: (change: (note: Note | undefined) => Note | undefined) => void;
}

/** Milliseconds that a cluster may take to come back before anything is said about it. */
const SOON = 400;

export function useCourseNote({ lab, onNote }: Options): void {
  const state: CourseState | undefined = lab?.course();
  const own = useRef<Note | undefined>(undefined);

  /** What the learner has to be told more urgently stays. */
  const say = (next: Note): void =>
    onNote((note) => {
      if (note !== undefined && note !== own.current) return note;
      own.current = next;
      return next;
    });

  const afresh = (): void => {
    void lab?.startAfresh().then((undo) => onNote(() => ({ text: (words) => words('world.afreshDone'), undo })));
  };

  useEffect(() => {
    if (state === undefined || state === 'fresh') return undefined;
    if (state === 'lost' || state === 'tooLong') return say({ text: (words) => words(`world.${state}`) });
    const note: Note = { text: (words) => words(`world.${state}`), choices: [{ word: 'world.afresh', act: afresh }] };
    if (state === 'returned') return say(note);
    const timer = setTimeout(() => say(note), SOON);
    return () => clearTimeout(timer);
  }, [state]);
}
