import { describe, expect, it } from 'vitest';
import { definePredictions, type Look, type Prediction, type Predictions } from '../exercise/prediction.ts';
import { predictionTruth, truthOf } from './prediction-truths.ts';

const look: Look = { manifest: {}, at: 'pod/main', run: 'ps' };
const other = { manifest: { from: 'start' } } as const;
/** A world in which the solution prints `1 init`, and the start `1 sleep`. */
const print = ({ manifest }: Look): Promise<string> => Promise.resolve(manifest.from === 'start' ? 'PID\n1 sleep\n' : 'PID\n1 init\n');
const truth = (prediction: Prediction) => truthOf(prediction, { name: 'here', print });

describe('the truth of a prediction', () => {
  it('takes every option from a run', async () => {
    const options = { init: { line: '1 init' }, sleep: { line: '1 s\\w+', instead: other } };
    expect((await truth({ kind: 'lines', look, options })).options).toEqual([
      { id: 'init', text: '1 init', right: true },
      { id: 'sleep', text: '1 sleep', right: false },
    ]);
  });

  it('breaks the build when a right option is not printed, or a wrong one is', async () => {
    await expect(truth({ kind: 'lines', look, options: { sleep: { line: 'sleep' } } })).rejects.toThrow('option sleep is not printed');
    await expect(truth({ kind: 'lines', look, options: { init: { line: 'init', instead: other } } })).rejects.toThrow('printed after all');
    await expect(truth({ kind: 'lines', look, options: { cat: { line: 'cat', instead: other } } })).rejects.toThrow('by neither run');
    await expect(truth({ kind: 'outputs', look, options: { a: {}, b: { instead: {} } } })).rejects.toThrow('prints the truth as well');
    await expect(truth({ kind: 'outputs', look, options: { b: { instead: other } } })).rejects.toThrow('0 options are right');
  });

  it('finds typed values in what was printed', async () => {
    const { options } = await truth({ kind: 'value', look, value: '^1 (\\w+)$', mistaken: { own: other } });
    expect(options.map(({ text }) => text)).toEqual(['init', 'sleep']);
  });
});

const modules = import.meta.glob<{ readonly predictions: Predictions }>('../../content/lessons/*/*/predictions.ts', { eager: true });
const all = Object.entries(modules).flatMap(([path, { predictions }]) => {
  const lesson = path
    .split('/')
    .slice(-3, -1)
    .map((part) => part.replace(/^\d+-/, ''));
  return Object.keys(definePredictions(predictions)).map((id) => [lesson.join('/'), id] as const);
});

it.each(all)('%s: prediction %s agrees with the simulated cluster', async (lesson, id) => {
  const { options, printed } = await predictionTruth(lesson, id);
  expect(options.filter(({ right }) => !right).length).toBeGreaterThan(0);
  for (const { right, text } of options) if (right) expect(printed.join('\n')).toContain(text);
});
