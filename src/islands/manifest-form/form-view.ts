// What the form shows of a text at the moment: one of its objects, and what the API server objects to in that one.
import type { BenchFinding } from '../../lab/bench-contract.ts';
import type { FormState, ObjectForm } from './form-state.ts';
import { readObjects } from './read-form.ts';

export interface FormView {
  readonly form: FormState;
  /** The object on show; `undefined` where there is none. */
  readonly it: ObjectForm | undefined;
  /** Its place among the objects that the form knows. */
  readonly object: number;
  readonly titles: readonly string[];
  /** Whether the API server objects to the field of this path in the object on show. */
  readonly wrong: (path: string) => boolean;
}

interface Asked {
  readonly text: string;
  /** Place of the object that was chosen; the last one is shown where there are not so many. */
  readonly wanted: number;
  readonly findings: readonly BenchFinding[] | undefined;
}

/** Reads `text` for the form. */
export function formView({ text, wanted, findings = [] }: Asked): FormView {
  const objects = readObjects(text);
  if ('kind' in objects) return { form: objects, it: undefined, object: wanted, titles: [], wrong: () => false };
  const object = Math.max(0, Math.min(wanted, objects.length - 1));
  const it = objects[object];
  const [from, to] = it?.range ?? [0, 0];
  const wrong = new Set(
    findings.flatMap(({ severity, path, range }) =>
      severity === 'error' && path !== undefined && (!range || (range.start >= from && range.start <= to)) ? [path] : [],
    ),
  );
  return { form: it?.form ?? { kind: 'none' }, it, object, titles: objects.map(({ title }) => title), wrong: (path) => wrong.has(path) };
}
