/** `kubectl cordon` and `kubectl uncordon` (kubectl pkg/cmd/drain/drain.go, v0.37). */
import { isStatus } from '../../../kube/apiserver/object.ts';
import { resourceOfKey } from '../../../kube/apiserver/resource.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Node } from '../../../kube/api/types-core.ts';
import { DRY_RUN_FLAG, SELECTOR_FLAG } from './common-flags.ts';
import { FailureList, StatusFailure, usageFailure } from './failure.ts';
import { listObjects } from './request/fetch.ts';
import { Failure } from './failure.ts';
import { dryRunMark } from './request/object-name.ts';
import { dryRunOf } from './session.ts';
import type { Session } from './session.ts';
import type { Invocation, Verb, VerbRun } from './verb.ts';

export const cordon: Verb = {
  name: 'cordon',
  group: 'Cluster Management Commands:',
  short: 'Mark node as unschedulable',
  usage: 'NODE',
  flags: [...SELECTOR_FLAG, ...DRY_RUN_FLAG],
  run: (session, input) => mark(session, input, true),
};

export const uncordon: Verb = {
  name: 'uncordon',
  group: 'Cluster Management Commands:',
  short: 'Mark node as schedulable',
  usage: 'NODE',
  flags: [...SELECTOR_FLAG, ...DRY_RUN_FLAG],
  run: (session, input) => mark(session, input, false),
};

function* mark(session: Session, input: Invocation, unschedulable: boolean): VerbRun {
  const failures = new FailureList();
  const nodes = yield* nodesNamed(session, input, failures);
  for (const node of nodes) yield* setSchedulable(session, node, unschedulable);
  failures.throwAny();
  return 0;
}

/** The nodes that a command names, or that its selector matches. */
export function* nodesNamed(session: Session, input: Invocation, failures: FailureList): Blocking<readonly Node[]> {
  const selector = input.flags.text('selector');
  if (input.args.length === 0 && selector === '') throw usageFailure(input.path, `USAGE: ${input.path.split(' ').at(-1) ?? ''} NODE [flags]`);
  if (input.args.length > 0 && selector !== '') throw new Failure('error: cannot specify both a node name and a --selector option');
  if (selector !== '') {
    const list = yield* listObjects(session, resourceOfKey('nodes'), undefined);
    if (list instanceof Failure) throw list;
    return list as readonly Node[];
  }
  const nodes: Node[] = [];
  for (const word of input.args) {
    const name = word.replace(/^(?:nodes?|no)\//, '');
    const node = yield* session.ask((server, options) => server.get('nodes', '', name, options));
    if (isStatus(node)) failures.add(new StatusFailure(node));
    else nodes.push(node);
  }
  return nodes;
}

/** Cordons or uncordons a node and says so. */
export function* setSchedulable(session: Session, node: Node, unschedulable: boolean): Blocking<void> {
  const dryRun = dryRunOf(session);
  const { name } = node.metadata;
  const verb = unschedulable ? 'cordoned' : 'uncordoned';
  if ((node.spec.unschedulable === true) === unschedulable) {
    session.out(`node/${name} already ${verb}${dryRunMark(dryRun)}\n`);
    return;
  }
  if (dryRun !== 'client') {
    const body = { spec: { unschedulable: unschedulable ? true : null } };
    yield* session.demand((server, options) => server.patch('nodes', { namespace: '', name }, { type: 'merge', body }, options), { dryRun });
  }
  session.out(`node/${name} ${verb}${dryRunMark(dryRun)}\n`);
}
