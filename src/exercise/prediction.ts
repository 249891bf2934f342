/**
 * What an author says about one prediction: which manifest is run, what is looked at and where, and which answers a learner
 * may expect. No output stands here: every option is printed by a run (src/lab/prediction-truths.ts), the wrong ones by
 * the manifest that somebody with that misconception has in mind. Words stand in the lesson's prose.
 */
import type { ManifestVariant } from './manifest-variant.ts';

/** What is run, and where. */
export interface Look {
  readonly manifest: ManifestVariant;
  /** `client`, `server5-node1`, `pod-host-network/main`. */
  readonly at: string;
  readonly run: string;
  /** Commands that come first, once the Pods have come to rest. */
  readonly before?: readonly { readonly at: string; readonly run: string }[];
}

interface PredictionBase {
  readonly look: Look;
  /** Regular expression: lines of the output that are shown; all when absent. */
  readonly show?: string;
}

/** Pick the lines that will be printed. */
export interface LinesPrediction extends PredictionBase {
  readonly kind: 'lines';
  readonly options: {
    readonly [id: string]: {
      /** Regular expression: its match in the output is the option's text. */
      readonly line: string;
      /** The run that prints it where the prediction's own does not. */
      readonly instead?: Partial<Look>;
    };
  };
}

/** Choose among whole outputs; the option without `instead` is the true one. */
export interface OutputsPrediction extends PredictionBase {
  readonly kind: 'outputs';
  readonly options: { readonly [id: string]: { readonly instead?: Partial<Look> } };
}

/** Type a value; `mistaken` are values that misconceptions lead to, so that the answer can be told from them. */
export interface ValuePrediction extends PredictionBase {
  readonly kind: 'value';
  /** Regular expression with one group: the value in the output. */
  readonly value: string;
  readonly mistaken: { readonly [id: string]: Partial<Look> };
}

export type Prediction = LinesPrediction | OutputsPrediction | ValuePrediction;

/** By id, which is the same in all languages. */
export type Predictions = { readonly [id: string]: Prediction };

/** Lets editors and the compiler check an author's predictions; returns them unchanged. */
export function definePredictions<T extends Predictions>(predictions: T): T {
  return predictions;
}
