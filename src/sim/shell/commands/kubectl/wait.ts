/** `kubectl wait` (kubectl pkg/cmd/wait, v0.37): conditions, fields, deletion, creation. */
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { ApiObject } from '../../../kube/apiserver/object.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS, OUTPUT_FLAGS, SELECTOR_FLAG } from './common-flags.ts';
import { Failure, FailureList, plainFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { findResults, valueText } from './jsonpath/evaluate-path.ts';
import { PathProblem } from './jsonpath/node.ts';
import { parsePath } from './jsonpath/parse-path.ts';
import { relaxedPath } from './output/custom-columns.ts';
import { listAt, textAt } from './output/plain-value.ts';
import type { Plain } from './output/plain-value.ts';
import { fetchObjects } from './request/fetch.ts';
import type { Target } from './request/fetch.ts';
import { objectName } from './request/object-name.ts';
import { resourceArguments } from './request/resource-arguments.ts';
import type { Session } from './session.ts';
import { Changes } from './stream/changes.ts';
import { interruptible } from './stream/interruptible.ts';
import type { Verb } from './verb.ts';

/** Whether an object is as wanted; undefined stands for one that does not exist. */
type Condition = (object: Plain) => boolean;

const WEEK = 7 * 24 * 3_600_000;

export const wait: Verb = {
  name: 'wait',
  group: 'Advanced Commands:',
  short: 'Wait for a specific condition on one or many resources',
  long: 'Wait for a specific condition on one or many resources.',
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...OUTPUT_FLAGS,
    ...flagsOf('all!', 'A|all-namespaces!', 'field-selector=', 'for+', 'local!', 'timeout~30s'),
  ],
  *run(session, input) {
    const { flags } = input;
    const wishes = flags.list('for');
    if (wishes.length === 0) throw new Failure('unrecognized condition: []');
    const timeout = flags.duration('timeout');
    const deadline =
      session.context.simulation.now +
      (timeout === 0 && flags.given('timeout') && !/^-/.test(flags.text('timeout')) ? 0 : timeout < 0 ? WEEK : timeout);
    const failures = new FailureList();
    const conditions = wishes.map(conditionOf);
    const targets = yield* targetsOf(session, input.args, wishes);
    if (targets.length === 0 && !wishes.includes('delete')) throw new Failure('no matching resources found');
    for (const target of targets) {
      try {
        if (wishes.length === 1 && wishes[0]?.toLowerCase() === 'delete' && (yield* isGone(session, target))) continue;
        for (const condition of conditions) yield* interruptible(session.context, waitFor(session, target, { condition, deadline }));
        session.out(`${objectName(target.resource, target.name)} condition met\n`);
      } catch (failure) {
        failures.add(failure);
      }
    }
    failures.throwAny();
    return 0;
  },
};

/** What is not there when waiting for its deletion begins is not spoken of. */
function* isGone(session: Session, { resource, namespace, name }: Target): Blocking<boolean> {
  return isStatus(yield* session.ask((api, options) => api.get(resource.key, namespace, name, options)));
}

function conditionOf(wish: string): Condition {
  if (wish.toLowerCase() === 'delete') return (object) => object === undefined;
  if (wish.toLowerCase() === 'create') return (object) => object !== undefined;
  if (wish.startsWith('condition=')) {
    const [name = '', value = 'true'] = wish.slice('condition='.length).split('=');
    return (object) =>
      listAt(object, 'status', 'conditions').some(
        (condition) =>
          textAt(condition, 'type').toLowerCase() === name.toLowerCase() &&
          textAt(condition, 'status').toLowerCase() === value.toLowerCase() &&
          isCurrent(object, condition),
      );
  }
  if (wish.startsWith('jsonpath=')) return fieldCondition(wish.slice('jsonpath='.length));
  throw new Failure(`unrecognized condition: "${wish}"`);
}

/** A condition that was seen on an older generation does not count. */
function isCurrent(object: Plain, condition: Plain): boolean {
  const seen = textAt(condition, 'observedGeneration') || textAt(object, 'status', 'observedGeneration');
  const generation = textAt(object, 'metadata', 'generation');
  return seen === '' || generation === '' || Number(seen) >= Number(generation);
}

function fieldCondition(text: string): Condition {
  const end = text.indexOf('}=');
  const [expression, value] =
    end >= 0
      ? [text.slice(0, end + 1), text.slice(end + 2)]
      : text.endsWith('}')
        ? [text, undefined]
        : (text.split('=') as [string, string | undefined]);
  if (value === '') throw new Failure('jsonpath wait has to have a value after equal sign');
  try {
    const nodes = parsePath(relaxedPath(expression));
    const wanted = value === undefined ? undefined : value.replace(/^(['"])(.*)\1$/, '$2');
    return (object) => {
      const found = object === undefined ? [] : (findResults(nodes, object, { allowMissingKeys: true })[0] ?? []);
      return wanted === undefined ? found.length > 0 : found.length > 0 && found.some((each) => valueText(each) === wanted);
    };
  } catch (problem) {
    if (problem instanceof PathProblem) throw new Failure(problem.message);
    throw problem;
  }
}

function* targetsOf(session: Session, args: readonly string[], wishes: readonly string[]): Blocking<readonly Target[]> {
  const { flags } = session;
  const absent = wishes.some((wish) => wish === 'delete' || wish === 'create');
  const wanted = flags.list('filename').length > 0 ? undefined : resourceArguments(args);
  if (absent && wanted?.kind === 'named') {
    const { name: namespace } = yield* session.namespace();
    return wanted.targets.map((target) => ({ ...target, namespace: target.resource.namespaced ? namespace : '' }));
  }
  const fetched = yield* fetchObjects(session, args, { allowTypes: false, all: flags.bool('all'), allNamespaces: flags.bool('all-namespaces') });
  if (!absent) fetched.failures.throwAny();
  return fetched.infos;
}

function* waitFor(session: Session, target: Target, how: { readonly condition: Condition; readonly deadline: number }): Blocking<void> {
  const { resource, namespace, name } = target;
  const server = yield* session.server();
  const changes = new Changes<true>();
  const stop = server.watch(resource.key, { namespace: resource.namespaced ? namespace : undefined }, (event) => {
    if ((event.object as ApiObject).metadata.name === name) changes.push(true);
  });
  try {
    for (;;) {
      const found = yield* session.ask((api, options) => api.get(resource.key, namespace, name, options));
      if (how.condition(isStatus(found) ? undefined : found)) return;
      const change = yield* changes.next(session.context, how.deadline);
      if (change === undefined)
        throw plainFailure(
          `error: timed out waiting for the condition on ${resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`}/${name}`.replace(
            /\.(?:apps|batch)\//,
            '/',
          ),
        );
    }
  } finally {
    if (typeof stop === 'function') stop();
  }
}
