/** A subcommand that only has subcommands of its own: says what they are, or that a word is none of them. */
import { Failure, usageFailure } from './failure.ts';
import { helpText } from './help.ts';
import type { Verb } from './verb.ts';

export interface GroupText extends Pick<Verb, 'name' | 'short'> {
  readonly group?: string;
  readonly long?: string;
  readonly usage?: string;
  /** Its help without a subcommand goes to standard output (cmdutil.DefaultSubCommandRun's writer). */
  readonly helpOnOutput?: boolean;
  readonly aliases?: readonly string[];
  readonly meantBy?: readonly string[];
}

/** @param children in the order of its help */
export function commandGroup(about: GroupText, children: readonly Verb[]): Verb {
  const verb: Verb = {
    ...about,
    flags: [],
    children,
    *run(session, input) {
      const [unknown] = input.args;
      yield* session.context.checkpoint();
      if (unknown !== undefined) throw usageFailure(input.path, `unknown command "${unknown}"`);
      (about.helpOnOutput === true ? session.out : session.err).call(session, helpText(verb, input.path));
      return 1;
    },
  };
  return verb;
}

/** A subcommand that reads its words before it does nothing here. @param told what it says instead, or why it refuses */
export function answering(about: GroupText, told: (args: readonly string[], path: string) => string): Verb {
  return {
    ...about,
    flags: [],
    *run(session, input) {
      yield* session.context.checkpoint();
      session.out(told(input.args, input.path));
      return 0;
    },
  };
}

/** A real subcommand that this simulated cluster has no use for. */
export function notModelled(about: GroupText): Verb {
  return {
    ...about,
    flags: [],
    *run(session) {
      yield* session.context.checkpoint();
      throw new Failure(`kubectl ${about.name} is not modelled in this simulated cluster`);
    },
  };
}
