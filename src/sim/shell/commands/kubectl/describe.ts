/** `kubectl describe` (kubectl pkg/cmd/describe/describe.go, v0.37). What is said of each kind is in describe/. */
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS, SELECTOR_FLAG } from './common-flags.ts';
import { DescribeWriter } from './describe/describe-writer.ts';
import { describerOf } from './describe/describers.ts';
import { Failure, FailureList } from './failure.ts';
import { flagsOf } from './flags.ts';
import { warnDeprecated } from './request/deprecated-types.ts';
import { fetchObjects, infoOf } from './request/fetch.ts';
import type { Info } from './request/fetch.ts';
import { resourceArguments } from './request/resource-arguments.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

export const describe: Verb = {
  name: 'describe',
  meantBy: ['inspect'],
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Show details of a specific resource or group of resources',
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  flags: [...FILE_FLAGS, ...SELECTOR_FLAG, ...flagsOf('A|all-namespaces!', 'chunk-size#500', 'show-events!true')],
  *run(session, input) {
    if (input.args.length === 0 && input.flags.list('filename').length === 0) {
      throw new Failure(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    const failures = new FailureList();
    const { infos, exact } = yield* infosOf(session, input.args, failures);
    // Events of one object that was named; of several, or of all whose names begin so, only on request.
    const showEvents = input.flags.bool('show-events') && ((exact && infos.length <= 1) || input.flags.given('show-events'));
    const server = yield* session.server();
    warnDeprecated(session, new Set(infos.map((info) => info.resource)));
    for (const [index, { resource, object }] of infos.entries()) {
      const writer = new DescribeWriter();
      yield* session.context.sleep(4);
      describerOf(resource.key)(writer, object, { server, wallClock: session.wallClock, showEvents });
      session.out(`${index === 0 ? '' : '\n\n'}${writer.text}`);
    }
    failures.throwAny();
    if (infos.length === 0) {
      const { name } = yield* session.namespace();
      session.err(input.flags.bool('all-namespaces') ? 'No resources found\n' : `No resources found in ${name} namespace.\n`);
    }
    return 0;
  },
};

/** The objects; a single name that nothing has may be the beginning of names. */
function* infosOf(
  session: Session,
  args: readonly string[],
  failures: FailureList,
): Blocking<{ readonly infos: readonly Info[]; readonly exact: boolean }> {
  const fetched = yield* fetchObjects(session, args, { allowTypes: true, allNamespaces: session.flags.bool('all-namespaces') });
  if (fetched.failures.empty) return { infos: fetched.infos, exact: true };
  const wanted = session.flags.list('filename').length > 0 ? undefined : resourceArguments(args);
  if (wanted?.kind === 'named' && !wanted.slashed && wanted.targets.length === 1) {
    const [target] = wanted.targets;
    if (target !== undefined) {
      const { name: namespace } = yield* session.namespace();
      const list = yield* session.ask((server, options) =>
        server.list(target.resource.key, { namespace: target.resource.namespaced ? namespace : undefined }, options),
      );
      const alike = isStatus(list) ? [] : list.items.filter((object) => object.metadata.name.startsWith(target.name));
      if (alike.length > 0) return { infos: alike.map((object) => infoOf(target.resource, object)), exact: false };
    }
  }
  try {
    fetched.failures.throwAny();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    failures.add(failure);
  }
  return { infos: fetched.infos, exact: false };
}
