/** `kubectl rollout undo` (kubectl polymorphichelpers/rollback.go, v0.37). */
import { DescribeWriter } from '../describe/describe-writer.ts';
import { templateLines } from '../describe/workload.ts';
import { deepEqual } from '../../../../kube/apiserver/deep-equal.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { WRITE_FLAGS } from '../common-flags.ts';
import { Failure, FailureList } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { changePrinter } from '../output/change-printer.ts';
import { fieldOf, isMap, mapAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { Info } from '../request/fetch.ts';
import { LAST_APPLIED } from '../request/last-applied.ts';
import type { DryRun, Session } from '../session.ts';
import type { Verb } from '../verb.ts';
import { revisionsOf } from './revisions.ts';
import type { Revision } from './revisions.ts';
import { ROLLOUT_FLAGS, rolloutTargets } from './rollout-targets.ts';

export const undo: Verb = {
  name: 'undo',
  short: 'Undo a previous rollout',
  long: 'Roll back to a previous rollout.',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [...ROLLOUT_FLAGS, ...WRITE_FLAGS, ...flagsOf('to-revision#0')],
  *run(session, input) {
    const { print, dryRun } = yield* changePrinter(session);
    const failures = new FailureList();
    for (const info of yield* rolloutTargets(session, input)) {
      try {
        const { resource, name, object } = info;
        if (object.metadata.annotations?.[LAST_APPLIED] !== undefined) {
          session.err(
            `Warning: resource ${resource.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
          );
        }
        print({ resource, object, operation: yield* rollBack(session, info, dryRun) });
      } catch (failure) {
        failures.add(failure);
      }
    }
    failures.throwAny();
    return 0;
  },
};

function chosen(revisions: readonly Revision[], wanted: number, { name, kind }: { readonly name: string; readonly kind: string }): Revision {
  if (wanted > 0) {
    const found = revisions.find((each) => each.number === wanted);
    if (found === undefined) throw new Failure(`unable to find specified revision ${String(wanted)} in history`);
    return found;
  }
  const previous = revisions.at(-2);
  if (previous === undefined)
    throw new Failure(kind === 'Deployment' ? `no rollout history found for deployment "${name}"` : 'no last revision to roll back to');
  return previous;
}

/** What `history --revision` shows of it, without an end of line. */
function templateText(template: Plain): string {
  const writer = new DescribeWriter();
  templateLines(writer, template);
  return writer.plain;
}

function withoutHash(template: Plain): Plain {
  if (!isMap(template)) return template;
  const { 'pod-template-hash': _hash, ...labels } = mapAt(template, 'metadata', 'labels');
  return { ...template, metadata: { ...mapAt(template, 'metadata'), labels } };
}

function* rollBack(session: Session, info: Info, dryRun: DryRun): Blocking<string> {
  const { resource, namespace, name, object } = info;
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(resource.kind))
    throw new Failure(`no rollbacker has been implemented for "${resource.kind}${resource.group === '' ? '' : `.${resource.group}`}"`);
  const server = yield* session.server();
  const wanted = session.flags.integer('to-revision');
  const revision = chosen(revisionsOf(server, object), wanted, { name, kind: resource.kind });
  if (fieldOf(object, 'spec', 'paused') === true)
    throw new Failure("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again");
  const template = withoutHash(revision.template);
  if (deepEqual(template, withoutHash(fieldOf(object, 'spec', 'template'))))
    return `skipped rollback (current template already matches revision ${textAt({ wanted }, 'wanted')})`;
  // Without the server the template is shown instead (polymorphichelpers/rollback.go).
  if (dryRun === 'client') return templateText(revision.template);
  const body = [{ op: 'replace', path: '/spec/template', value: template }];
  yield* session.demand((api, options) => api.patch(resource.key, { namespace, name }, { type: 'json', body }, options), {
    dryRun,
  });
  return 'rolled back';
}
