/**
 * Works out, while the site is built, what every prediction of a lesson would print: the truth and each option. An option
 * that nothing prints, or that could not be told from another, breaks the build.
 */
import { manifestVariant, type LessonManifests } from '../exercise/manifest-variant.ts';
import type { LinesPrediction, Look, OutputsPrediction, Prediction, Predictions, ValuePrediction } from '../exercise/prediction.ts';
import { loadExercise, type LessonExercise } from './exercises.ts';
import { loadPrograms } from './programs.ts';
import { provenanceOf, type Provenance } from './provenance/provenance.ts';
import { recordedShapes } from './provenance/recordings.ts';
import { scratchRun, type ScratchAnswer } from './scratch-run.ts';

export interface PredictionOption {
  readonly id: string;
  readonly text: string;
  /** The prediction's own run prints it. */
  readonly right: boolean;
}

export interface PredictionTruth {
  readonly kind: Prediction['kind'];
  readonly at: string;
  readonly run: string;
  /** The lines that are shown of what was printed. */
  readonly printed: readonly string[];
  /** There was more. */
  readonly cut: boolean;
  readonly options: readonly PredictionOption[];
}

/** With the answer to whether the like was recorded. */
export interface TracedTruth extends PredictionTruth {
  readonly provenance: Provenance | undefined;
}

const definitions = import.meta.glob<{ readonly predictions: Predictions }>('../../content/lessons/*/*/predictions.ts');
const known = new Map<string, Promise<TracedTruth>>();

/** What happens in a lesson's prediction. @throws when its options and the run disagree, which breaks the build */
export function predictionTruth(lessonId: string, id: string): Promise<TracedTruth> {
  const key = `${lessonId}#${id}`;
  const begun = known.get(key) ?? workOut(lessonId, id);
  known.set(key, begun);
  return begun;
}

async function workOut(lessonId: string, id: string): Promise<TracedTruth> {
  const path = Object.keys(definitions).find((each) => each.replaceAll(/\/\d+-/g, '/').endsWith(`/${lessonId}/predictions.ts`));
  const prediction = path === undefined ? undefined : (await definitions[path]?.())?.predictions[id];
  if (!prediction) throw new Error(`${lessonId}: no prediction ${id} in its predictions.ts`);
  const lesson = await loadExercise(lessonId);
  const manifests = { start: lesson.start, solution: await lesson.solution() };
  const answers = new Map<Look, ScratchAnswer>();
  const truth = await truthOf(prediction, { name: `${lessonId}: prediction ${id}`, print: printer(lessonId, lesson, { manifests, answers }) });
  const { run = '', around, exitCode } = answers.get(prediction.look) ?? {};
  return { ...truth, provenance: around && provenanceOf({ line: run, surroundings: around, exitCode }, recordedShapes()) };
}

/** Runs one look on a cluster of its own. */
export type Print = (look: Look) => Promise<string>;

interface Context {
  /** For complaints. */
  readonly name: string;
  readonly print: Print;
}

/** What `prediction` shows, by the runs that `print` makes. */
export async function truthOf(prediction: Prediction, { name, print }: Context): Promise<PredictionTruth> {
  const pattern = prediction.show === undefined ? /^/ : new RegExp(prediction.show);
  const linesOf = async (look: Look): Promise<readonly string[]> => (await print(look)).replace(/\n+$/, '').split('\n');
  const shown = async (look: Look): Promise<readonly string[]> => (await linesOf(look)).filter((line) => pattern.test(line));
  const whole = await linesOf(prediction.look);
  const printed = whole.filter((line) => pattern.test(line));
  const options = await optionsOf(prediction, { name, printed, shown });
  const texts = new Set(options.map(({ text }) => text));
  if (texts.size < options.length) throw new Error(`${name}: two options print the same`);
  const right = options.filter(({ right }) => right);
  if (right.length === options.length && prediction.kind !== 'value') throw new Error(`${name}: every option is right`);
  if (prediction.kind !== 'lines' && right.length !== 1) throw new Error(`${name}: ${right.length} options are right`);
  return { kind: prediction.kind, at: prediction.look.at, run: prediction.look.run, printed, cut: printed.length < whole.length, options };
}

interface Seen {
  readonly name: string;
  readonly printed: readonly string[];
  readonly shown: (look: Look) => Promise<readonly string[]>;
}

function optionsOf(prediction: Prediction, seen: Seen): Promise<readonly PredictionOption[]> {
  switch (prediction.kind) {
    case 'lines':
      return lineOptions(prediction, seen);
    case 'outputs':
      return outputOptions(prediction, seen);
    case 'value':
      return valueOptions(prediction, seen);
  }
}

async function lineOptions({ look, options }: LinesPrediction, { name, printed, shown }: Seen): Promise<readonly PredictionOption[]> {
  const found: PredictionOption[] = [];
  for (const [id, { line, instead }] of Object.entries(options)) {
    const pattern = new RegExp(line);
    const right = printed.some((each) => pattern.test(each));
    if (right === (instead !== undefined)) throw new Error(`${name}: option ${id} is ${right ? 'printed after all' : 'not printed'}`);
    const from = instead ? await shown({ ...look, ...instead }) : printed;
    const text = from.map((each) => pattern.exec(each)?.[0]).find((each) => each !== undefined);
    if (text === undefined) throw new Error(`${name}: option ${id} is printed by neither run`);
    found.push({ id, text, right });
  }
  return found;
}

async function outputOptions({ look, options }: OutputsPrediction, { name, printed, shown }: Seen): Promise<readonly PredictionOption[]> {
  const found: PredictionOption[] = [];
  for (const [id, { instead }] of Object.entries(options)) {
    const lines = instead ? await shown({ ...look, ...instead }) : printed;
    if (lines.length === 0) throw new Error(`${name}: option ${id} prints nothing that is shown`);
    const text = lines.join('\n');
    found.push({ id, text, right: text === printed.join('\n') });
    if (found.at(-1)?.right === (instead !== undefined)) throw new Error(`${name}: option ${id} prints the truth as well`);
  }
  return found;
}

async function valueOptions({ look, value, mistaken }: ValuePrediction, { name, printed, shown }: Seen): Promise<readonly PredictionOption[]> {
  const valueIn = (lines: readonly string[], id: string): string => {
    const text = new RegExp(value, 'm').exec(lines.join('\n'))?.[1];
    if (text === undefined) throw new Error(`${name}: no value in what ${id} prints`);
    return text;
  };
  const found: PredictionOption[] = [{ id: 'right', text: valueIn(printed, 'the run'), right: true }];
  for (const [id, instead] of Object.entries(mistaken)) {
    found.push({ id, text: valueIn(await shown({ ...look, ...instead }), id), right: false });
  }
  return found;
}

interface PrinterOptions {
  readonly manifests: LessonManifests;
  /** Keeps what each look gave. */
  readonly answers: Map<Look, ScratchAnswer>;
}

function printer(lessonId: string, { exercise }: LessonExercise, { manifests, answers: kept }: PrinterOptions): Print {
  return async (look) => {
    const { manifest, at, run, before = [] } = look;
    const { created, answers } = await scratchRun({
      seed: lessonId,
      programs: await loadPrograms(),
      scene: exercise.scene,
      file: exercise.file,
      text: manifestVariant(manifest, manifests),
      looks: [...before, { at, run }],
    });
    const last = answers.at(-1);
    if (!last || answers.length <= before.length) throw new Error(`${lessonId}: nothing to run ${run} at ${at}: ${created.output}`);
    kept.set(look, last);
    return last.output;
  };
}
