/** Subcommands of which only the mistakes are modelled: they look for what they are about, and say that the rest is not there. */
import { FILE_FLAGS, WRITE_FLAGS } from './common-flags.ts';
import { Failure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { fetchObjects } from './request/fetch.ts';
import { refuseKustomization } from './request/manifest-files.ts';
import type { Verb } from './verb.ts';

const notModelled = (what: string): Failure => new Failure(`kubectl ${what} is not modelled in this simulated cluster`);

/** `kubectl autoscale` (kubectl pkg/cmd/autoscale, v0.37). */
export const autoscale: Verb = {
  name: 'autoscale',
  group: 'Deploy Commands:',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  flags: [...FILE_FLAGS, ...WRITE_FLAGS, ...flagsOf('cpu=', 'cpu-percent#-1', 'max#-1', 'memory=', 'min#-1', 'name=')],
  *run(session, input) {
    const max = input.flags.integer('max');
    if (max < 1) throw new Failure(`--max=MAXPODS is required and must be at least 1, max: ${String(max)}`);
    const fetched = yield* fetchObjects(session, input.args, { allowTypes: false });
    fetched.failures.throwAny();
    throw notModelled('autoscale');
  },
};

/** `kubectl kustomize` (kubectl pkg/cmd/kustomize, v0.37). */
export const kustomize: Verb = {
  name: 'kustomize',
  group: 'Advanced Commands:',
  short: 'Build a kustomization target from a directory or URL',
  flags: [],
  *run(session, input) {
    yield* session.context.checkpoint();
    throw refuseKustomization(session, input.args[0] ?? '.');
  },
};

/** `kubectl certificate approve` and `deny` (kubectl pkg/cmd/certificates, v0.37). */
export function deciding(name: string, short: string): Verb {
  return {
    name,
    short,
    flags: [...FILE_FLAGS, ...flagsOf('force!')],
    *run(session, input) {
      if (input.args.length === 0) throw new Failure('one or more CSRs must be specified as <name> or -f <filename>');
      const fetched = yield* fetchObjects(session, ['certificatesigningrequests', ...input.args], { allowTypes: false });
      fetched.failures.throwAny();
      throw notModelled(`certificate ${name}`);
    },
  };
}
