/** What the rollout subcommands have in common: which objects they are about, and kinds they know. */
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { FILE_FLAGS, SELECTOR_FLAG } from '../common-flags.ts';
import { Failure } from '../failure.ts';
import type { Flag } from '../flags.ts';
import { fetchObjects } from '../request/fetch.ts';
import type { Info } from '../request/fetch.ts';
import type { Session } from '../session.ts';
import type { Invocation } from '../verb.ts';

export const ROLLOUT_FLAGS: readonly Flag[] = [...FILE_FLAGS, ...SELECTOR_FLAG];

/** The objects of a rollout command. Errors: none are named */
export function* rolloutTargets(session: Session, input: Invocation): Blocking<readonly Info[]> {
  if (input.args.length === 0 && input.flags.list('filename').length === 0) throw new Failure('required resource not specified');
  const fetched = yield* fetchObjects(session, input.args, { allowTypes: true });
  fetched.failures.throwAny();
  return fetched.infos;
}
