/** What the generators below `kubectl create` have in common: one name, flags, one object. */
import { DRY_RUN_FLAG, OUTPUT_FLAGS, VALIDATE_FLAG } from '../common-flags.ts';
import { Failure, StatusFailure, usageFailure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import type { Flag } from '../flags.ts';
import type { Session } from '../session.ts';
import type { Invocation, Verb } from '../verb.ts';
import { createObject } from './create-object.ts';
import { dataSources } from './data-sources.ts';

const COMMON: readonly Flag[] = [...OUTPUT_FLAGS, ...DRY_RUN_FLAG, ...VALIDATE_FLAG, ...flagsOf('field-manager=', 'save-config!')];

/** @param sources what --from-literal and the like gave, for those that have them */
type Make = (input: Invocation, sources: Readonly<Record<string, string>>, session: Session) => Readonly<Record<string, unknown>>;

/**
 * A subcommand of `kubectl create` that makes one object from its flags.
 * @param about.failing what it puts before a refusal of the server, where it wraps that (`failed to create …`)
 */
export function generator(
  name: string,
  about: {
    readonly short: string;
    readonly usage: string;
    readonly aliases?: readonly string[];
    readonly flags?: readonly Flag[];
    readonly failing?: string;
  },
  make: Make,
): Verb {
  return {
    name,
    short: about.short,
    usage: about.usage,
    ...(about.aliases === undefined ? {} : { aliases: about.aliases }),
    flags: [...COMMON, ...(about.flags ?? [])],
    *run(session, input) {
      const object = make(input, yield* dataSources(session, input, nameOf), session);
      try {
        yield* createObject(session, object);
      } catch (failure) {
        if (about.failing === undefined || !(failure instanceof StatusFailure)) throw failure;
        throw new Failure(`failed to create ${about.failing} ${failure.status.message}`);
      }
      return 0;
    },
  };
}

/** The one name that a generator takes (NameFromCommandArgs). */
export function nameOf(input: Invocation): string {
  const before = input.dash === undefined ? input.args : input.args.slice(0, input.dash);
  const [name, ...more] = before;
  if (name === undefined || more.length > 0) throw usageFailure(input.path, `exactly one NAME is required, got ${String(before.length)}`);
  return name;
}

/** The words behind `--`. */
export function commandOf(input: Invocation): readonly string[] {
  return input.dash === undefined ? [] : input.args.slice(input.dash);
}
