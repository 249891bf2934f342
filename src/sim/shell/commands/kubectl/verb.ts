/** What a subcommand of kubectl is: its names, flags and how it runs. Types only; verbs.ts lists them. */
import type { Request, WakeReason } from '../../../linux/process/wait.ts';
import type { Flag, FlagValues } from './flags.ts';
import type { Session } from './session.ts';

export interface Invocation {
  /** Words behind the subcommand that are no flags. */
  readonly args: readonly string[];
  /** Number of those before `--`; undefined without one. */
  readonly dash: number | undefined;
  readonly flags: FlagValues;
  /** Such as `kubectl rollout status`. */
  readonly path: string;
}

/** A running subcommand; its result is the exit code. Throws Failure. */
export type VerbRun = Generator<Request, number, WakeReason>;

export interface Verb {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Words of people who mean it (cobra's SuggestFor). */
  readonly meantBy?: readonly string[];
  /** Heading in kubectl's overview; without one it is not listed. */
  readonly group?: string;
  readonly short: string;
  /** First paragraph of its help, where that is not `short` with a full stop. */
  readonly long?: string;
  /** Behind the path, such as `(TYPE [NAME] | TYPE/NAME)`. */
  readonly usage?: string;
  readonly flags: readonly Flag[];
  readonly children?: readonly Verb[];
  readonly run: (session: Session, input: Invocation) => VerbRun;
}
