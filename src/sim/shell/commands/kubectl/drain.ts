/** `kubectl drain` (kubectl pkg/drain, pkg/cmd/drain, v0.37): cordons, then evicts what may be evicted. No disruption budgets. */
import type { Node } from '../../../kube/api/types-core.ts';
import type { Pod } from '../../../kube/api/types-pod.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import { resourceOfKey } from '../../../kube/apiserver/resource.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { DRY_RUN_FLAG, SELECTOR_FLAG } from './common-flags.ts';
import { nodesNamed, setSchedulable } from './cordon.ts';
import { FailureList, plainFailure, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { waitUntilGone } from './request/deletion-wait.ts';
import { dryRunMark } from './request/object-name.ts';
import { dryRunOf } from './session.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

export const drain: Verb = {
  name: 'drain',
  group: 'Cluster Management Commands:',
  short: 'Drain node in preparation for maintenance',
  usage: 'NODE',
  flags: [
    ...SELECTOR_FLAG,
    ...DRY_RUN_FLAG,
    ...flagsOf(
      'chunk-size#500',
      'delete-emptydir-data!',
      'disable-eviction!',
      'force!',
      'grace-period#-1',
      'ignore-daemonsets!',
      'pod-selector=',
      'skip-wait-for-delete-timeout#0',
      'timeout~',
    ),
  ],
  *run(session, input) {
    const failures = new FailureList();
    const nodes = yield* nodesNamed(session, input, failures);
    failures.throwAny();
    const dryRun = dryRunOf(session);
    for (const node of nodes) yield* setSchedulable(session, node, true);
    const pending: { readonly node: Node; readonly reasons: readonly string[] }[] = [];
    for (const node of nodes) {
      const verdict = yield* podsToEvict(session, node);
      if (verdict.errors.length > 0) {
        pending.push({ node, reasons: verdict.errors });
        const reasons = verdict.errors.length === 1 ? (verdict.errors[0] ?? '') : `[${verdict.errors.join(', ')}]`;
        session.err(`error: unable to drain node "${node.metadata.name}" due to error: ${reasons}, continuing command...\n`);
        continue;
      }
      if (verdict.warnings.length > 0) session.err(`Warning: ${verdict.warnings.join('; ')}\n`);
      if (dryRun === 'none') yield* evict(session, verdict.pods);
      session.out(`node/${node.metadata.name} drained${dryRunMark(dryRun)}\n`);
    }
    if (pending.length === 0) return 0;
    session.err(`There are pending nodes to be drained:\n${pending.map(({ node }) => ` ${node.metadata.name}\n`).join('')}`);
    throw plainFailure(pending.flatMap(({ reasons }) => reasons).join('\n'));
  },
};

interface Verdict {
  readonly pods: readonly Pod[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

function* podsToEvict(session: Session, node: Node): Blocking<Verdict> {
  const { flags } = session;
  const podSelector = flags.text('pod-selector');
  const list = yield* session.demand((server, options) =>
    server.list(
      'pods',
      { namespace: undefined, fieldSelector: `spec.nodeName=${node.metadata.name}`, ...(podSelector === '' ? {} : { labelSelector: podSelector }) },
      options,
    ),
  );
  const errors = new Map<string, string[]>();
  const warnings = new Map<string, string[]>();
  const note = (table: Map<string, string[]>, reason: string, pod: Pod): void => {
    table.set(reason, [...(table.get(reason) ?? []), `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`]);
  };
  const pods: Pod[] = [];
  for (const pod of list.items) {
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) continue;
    const owner = (pod.metadata.ownerReferences ?? []).find((reference) => reference.controller === true);
    const ended = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (owner?.kind === 'DaemonSet') {
      if (flags.bool('ignore-daemonsets')) note(warnings, 'ignoring DaemonSet-managed Pods', pod);
      else note(errors, 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', pod);
      continue;
    }
    const local = !ended && (pod.spec.volumes ?? []).some((volume) => volume.emptyDir !== undefined);
    if (local) {
      if (flags.bool('delete-emptydir-data')) note(warnings, 'deleting Pods with local storage', pod);
      else {
        note(errors, 'cannot delete Pods with local storage (use --delete-emptydir-data to override)', pod);
        continue;
      }
    }
    if (owner === undefined && !ended) {
      if (flags.bool('force')) note(warnings, 'deleting Pods that declare no controller', pod);
      else {
        note(errors, 'cannot delete Pods that declare no controller (use --force to override)', pod);
        continue;
      }
    }
    pods.push(pod);
  }
  return { pods, errors: told(errors), warnings: told(warnings).toSorted() };
}

function told(table: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...table].map(([reason, names]) => `${reason}: ${names.join(', ')}`);
}

function* evict(session: Session, pods: readonly Pod[]): Blocking<void> {
  const grace = session.flags.integer('grace-period');
  const timeout = session.flags.duration('timeout');
  const deadline = timeout === 0 ? undefined : session.context.simulation.now + timeout;
  for (const pod of pods) {
    session.out(`evicting pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}\n`);
    const answer = yield* session.ask((server, options) =>
      server.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name, { ...options, ...(grace < 0 ? {} : { gracePeriodSeconds: grace }) }),
    );
    if (isStatus(answer) && answer.reason !== 'NotFound') throw new StatusFailure(answer);
  }
  for (const pod of pods) {
    const { name, namespace = '', uid = '' } = pod.metadata;
    if (!(yield* waitUntilGone(session, { resource: resourceOfKey('pods'), namespace, name, uid }, deadline))) {
      throw plainFailure(
        `error: error when waiting for pod "${name}" in namespace "${namespace}" to terminate: global timeout reached: ${session.flags.text('timeout')}`,
      );
    }
    session.out(`pod/${name} ${session.flags.bool('disable-eviction') ? 'deleted' : 'evicted'}\n`);
  }
}
