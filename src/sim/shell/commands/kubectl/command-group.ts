/** A subcommand that only has subcommands of its own: says what they are, or that a word is none of them. */
import { Failure, usageFailure } from './failure.ts';
import { helpText } from './help.ts';
import type { Verb } from './verb.ts';

export interface GroupText extends Pick<Verb, 'name' | 'short'> {
  readonly group?: string;
  readonly long?: string;
  readonly usage?: string;
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
      session.out(helpText(verb, input.path));
      return 0;
    },
  };
  return verb;
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
