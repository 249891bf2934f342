/** `kubectl delete` (kubectl pkg/cmd/delete/delete.go, v0.37). */
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { PropagationPolicy } from '../../../kube/apiserver/deletion.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { DRY_RUN_FLAG, FILE_FLAGS, SELECTOR_FLAG } from './common-flags.ts';
import { Failure, FailureList, plainFailure, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { deletedText, waitUntilGone } from './request/deletion-wait.ts';
import type { Doomed } from './request/deletion-wait.ts';
import { listObjects, MISSING_RESOURCE } from './request/fetch.ts';
import type { Target } from './request/fetch.ts';
import { readManifests } from './request/manifest-files.ts';
import { dryRunMark, objectName, typeName } from './request/object-name.ts';
import { resourceArguments } from './request/resource-arguments.ts';
import { dryRunOf } from './session.ts';
import type { Session } from './session.ts';
import { interruptible } from './stream/interruptible.ts';
import type { Verb } from './verb.ts';

const POLICIES: Readonly<Record<string, PropagationPolicy>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  true: 'Background',
  false: 'Orphan',
};
const IMMEDIATE =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';
const WEEK = 7 * 24 * 3_600_000;

export const remove: Verb = {
  name: 'delete',
  meantBy: ['rm', 'remove'],
  group: 'Basic Commands (Intermediate):',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  long: 'Delete resources by file names, stdin, resources and names, or by resources and label selector.',
  usage: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...DRY_RUN_FLAG,
    { name: 'cascade', kind: 'string', initial: 'background', bare: 'background' },
    ...flagsOf(
      'all!',
      'A|all-namespaces!',
      'field-selector=',
      'force!',
      'grace-period#-1',
      'ignore-not-found!',
      'i|interactive!',
      'now!',
      'o|output=',
      'raw=',
      'timeout~',
      'wait!true',
    ),
  ],
  *run(session, input) {
    const { flags } = input;
    const dryRun = dryRunOf(session);
    const force = flags.bool('force');
    const grace = graceOf(session);
    const bulk = flags.bool('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
    const ignoreMissing = flags.given('ignore-not-found') ? flags.bool('ignore-not-found') : bulk;
    const failures = new FailureList();
    const targets = yield* targetsOf(session, input.args, failures);
    const output = flags.text('output');
    if (output !== '' && output !== 'name') throw new Failure(`unexpected -o output mode: ${output}. We only support '-o name'`);
    if (grace === 0 && force) session.err(IMMEDIATE);
    if (grace > 0 && force) throw new Failure('--force and --grace-period greater than 0 cannot be specified together');
    const policy = POLICIES[flags.text('cascade')];
    if (policy === undefined) throw new Failure(`invalid cascade value (${flags.text('cascade')}). Must be "background", "foreground", or "orphan"`);
    const { explicit } = yield* session.namespace();
    let warnScope = explicit && !flags.bool('all-namespaces');
    const doomed: Doomed[] = [];
    let found = 0;
    for (const target of targets) {
      const { resource, namespace, name } = target;
      found++;
      if (warnScope && !resource.namespaced) {
        session.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
        warnScope = false;
      }
      const told =
        output === 'name'
          ? `${objectName(resource, name)}\n`
          : deletedText(typeName(resource), { name, namespace, force: grace === 0, mark: dryRunMark(dryRun) });
      if (dryRun === 'client') {
        session.out(told);
        continue;
      }
      const answer = yield* session.ask(
        (server, options) =>
          server.delete(resource.key, namespace, name, {
            ...options,
            propagationPolicy: policy,
            ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
          }),
        dryRun,
        { back: 1 },
      );
      if (isStatus(answer)) {
        if (answer.reason === 'NotFound' && ignoreMissing) found--;
        else
          failures.add(
            new StatusFailure(answer, 'source' in target ? { verb: 'deleting', source: (target as { readonly source: string }).source } : undefined),
          );
        continue;
      }
      session.out(told);
      doomed.push({ resource, namespace, name, uid: answer.metadata.uid ?? '' });
    }
    failures.throwAny();
    if (found === 0 && !(ignoreMissing && targets.length > 0)) session.out('No resources found\n');
    if (flags.bool('wait') && dryRun === 'none') yield* interruptible(session.context, waitForAll(session, doomed));
    return 0;
  },
};

function graceOf(session: Session): number {
  const { flags } = session;
  const given = flags.integer('grace-period');
  if (flags.bool('now')) {
    if (given !== -1) throw new Failure('--now and --grace-period cannot be specified together');
    return 1;
  }
  if (given === 0 && !flags.bool('force')) return 1;
  return flags.bool('force') && given < 0 ? 0 : given;
}

function* targetsOf(session: Session, args: readonly string[], failures: FailureList): Blocking<readonly Target[]> {
  const { flags } = session;
  if (flags.list('filename').length > 0) {
    if (args.length > 0) throw new Failure('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
    const targets: Target[] = [];
    for (const entry of yield* readManifests(session, { validation: 'Ignore' })) {
      if (entry.kind === 'failure') failures.add(entry.failure);
      else targets.push(entry);
    }
    return targets;
  }
  const wanted = resourceArguments(args);
  const bulk = flags.bool('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
  if (flags.bool('all') && flags.text('selector') !== '') throw new Failure("setting 'all' parameter but found a non empty selector. ");
  if (wanted.kind === 'none') throw new Failure(bulk ? 'at least one resource must be specified to use a selector' : MISSING_RESOURCE);
  const { name: namespace } = yield* session.namespace();
  if (wanted.kind === 'named') {
    if (bulk)
      throw new Failure(
        wanted.slashed
          ? 'selectors and the all flag cannot be used when passing resource/name arguments'
          : 'name cannot be provided when a selector is specified',
      );
    if (flags.bool('all-namespaces') && wanted.targets.some((target) => target.resource.namespaced))
      throw new Failure('a resource cannot be retrieved by name across all namespaces');
    return wanted.targets.map((target) => ({ ...target, namespace: target.resource.namespaced ? namespace : '' }));
  }
  if (!bulk) throw new Failure('resource(s) were provided, but no name was specified');
  const targets: Target[] = [];
  for (const resource of wanted.resources) {
    const list = yield* listObjects(session, resource, flags.bool('all-namespaces') || !resource.namespaced ? undefined : namespace);
    if (list instanceof Failure) failures.add(list);
    else targets.push(...list.map((object) => ({ resource, name: object.metadata.name, namespace: object.metadata.namespace ?? '' })));
  }
  return targets;
}

function* waitForAll(session: Session, doomed: readonly Doomed[]): Blocking<void> {
  const timeout = session.flags.duration('timeout');
  const deadline = session.context.simulation.now + (timeout === 0 ? WEEK : timeout);
  for (const each of doomed) {
    if (yield* waitUntilGone(session, each, deadline)) continue;
    throw plainFailure(`error: timed out waiting for the condition on ${each.resource.plural}/${each.name}`);
  }
}
