/** How far a rollout is, in words (kubectl polymorphichelpers/rollout_status.go, v0.37). */
import { Failure } from '../failure.ts';
import { fieldOf, listAt, numberAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';

export interface RolloutStatus {
  /** One line with its newline. */
  readonly message: string;
  readonly done: boolean;
}

const waiting = (message: string): RolloutStatus => ({ message, done: false });
const finished = (message: string): RolloutStatus => ({ message, done: true });

/** @param kind of the object. Errors: a kind without rollouts, a strategy without status */
export function rolloutStatus(object: Plain, kind: string): RolloutStatus {
  if (kind === 'Deployment') return deploymentStatus(object);
  if (kind === 'DaemonSet') return daemonSetStatus(object);
  if (kind === 'StatefulSet') return statefulSetStatus(object);
  throw new Failure(`no status viewer has been implemented for ${kind}`);
}

function observed(object: Plain): boolean {
  return numberAt(object, 'metadata', 'generation') <= numberAt(object, 'status', 'observedGeneration');
}

function deploymentStatus(object: Plain): RolloutStatus {
  const name = textAt(object, 'metadata', 'name');
  if (!observed(object)) return waiting('Waiting for deployment spec update to be observed...\n');
  const status = fieldOf(object, 'status');
  const progressing = listAt(status, 'conditions').find((condition) => textAt(condition, 'type') === 'Progressing');
  if (textAt(progressing, 'reason') === 'ProgressDeadlineExceeded') throw new Failure(`deployment "${name}" exceeded its progress deadline`);
  const [wanted, updated, all, available] = [
    numberAt(object, 'spec', 'replicas'),
    numberAt(status, 'updatedReplicas'),
    numberAt(status, 'replicas'),
    numberAt(status, 'availableReplicas'),
  ];
  const prefix = `Waiting for deployment "${name}" rollout to finish: `;
  if (updated < wanted) return waiting(`${prefix}${String(updated)} out of ${String(wanted)} new replicas have been updated...\n`);
  if (all > updated) return waiting(`${prefix}${String(all - updated)} old replicas are pending termination...\n`);
  if (available < updated) return waiting(`${prefix}${String(available)} of ${String(updated)} updated replicas are available...\n`);
  return finished(`deployment "${name}" successfully rolled out\n`);
}

function daemonSetStatus(object: Plain): RolloutStatus {
  const name = textAt(object, 'metadata', 'name');
  if (textAt(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate')
    throw new Failure('rollout status is only available for RollingUpdate strategy type');
  if (!observed(object)) return waiting('Waiting for daemon set spec update to be observed...\n');
  const status = fieldOf(object, 'status');
  const [desired, updated, available] = [
    numberAt(status, 'desiredNumberScheduled'),
    numberAt(status, 'updatedNumberScheduled'),
    numberAt(status, 'numberAvailable'),
  ];
  const prefix = `Waiting for daemon set "${name}" rollout to finish: `;
  if (updated < desired) return waiting(`${prefix}${String(updated)} out of ${String(desired)} new pods have been updated...\n`);
  if (available < desired) return waiting(`${prefix}${String(available)} of ${String(desired)} updated pods are available...\n`);
  return finished(`daemon set "${name}" successfully rolled out\n`);
}

function statefulSetStatus(object: Plain): RolloutStatus {
  const status = fieldOf(object, 'status');
  const spec = fieldOf(object, 'spec');
  if (textAt(spec, 'updateStrategy', 'type') !== 'RollingUpdate')
    throw new Failure('rollout status is only available for RollingUpdate strategy type');
  if (numberAt(status, 'observedGeneration') === 0 || !observed(object)) return waiting('Waiting for statefulset spec update to be observed...\n');
  const [wanted, ready, updated] = [numberAt(spec, 'replicas'), numberAt(status, 'readyReplicas'), numberAt(status, 'updatedReplicas')];
  if (ready < wanted) return waiting(`Waiting for ${String(wanted - ready)} pods to be ready...\n`);
  const partition = numberAt(spec, 'updateStrategy', 'rollingUpdate', 'partition');
  if (textAt(spec, 'updateStrategy', 'rollingUpdate', 'partition') !== '') {
    if (updated < wanted - partition)
      return waiting(
        `Waiting for partitioned roll out to finish: ${String(updated)} out of ${String(wanted - partition)} new pods have been updated...\n`,
      );
    return finished(`partitioned roll out complete: ${String(updated)} new pods have been updated...\n`);
  }
  if (textAt(status, 'updateRevision') !== textAt(status, 'currentRevision'))
    return waiting(`waiting for statefulset rolling update to complete ${String(updated)} pods at revision ${textAt(status, 'updateRevision')}...\n`);
  return finished(
    `statefulset rolling update complete ${String(numberAt(status, 'currentReplicas'))} pods at revision ${textAt(status, 'currentRevision')}...\n`,
  );
}
