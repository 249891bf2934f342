/** Runs a Job's Pods until enough have succeeded or too many failed. Modelled on pkg/controller/job/job_controller.go (v1.37); no indexes, no policies. */
import type { Job, JobCondition, JobStatus } from '../api/types-batch.ts';
import type { Pod } from '../api/types-pod.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import { isStatus, keyOf } from '../apiserver/object.ts';
import { millisecondsOf } from '../apiserver/time-text.ts';
import { controllerOf } from './owner.ts';
import { PodControl } from './pod-control.ts';
import { isActive, isReady } from './pod-readiness.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'jobs.batch';
const LATENCY = 15;
/** DefaultJobPodFailureBackOff and its maximum. */
/** How a Job that could not be worked on waits (DefaultJobApiBackOff, MaxJobApiBackOff), virtual milliseconds. */
const RETRIES = { first: 1_000, most: 60_000 };
const FIRST_BACKOFF = 10_000;
const MAX_BACKOFF = 600_000;

export class JobController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;
  readonly #pods: PodControl;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (key) => this.#sync(key)).retryingAfter(RETRIES);
    this.#events = new EventRecorder({ server, component: 'job-controller' });
    this.#pods = new PodControl(server, this.#events);
  }

  start(): void {
    const { storage } = this.#server;
    for (const job of storage.objects(KEY)) this.#queue.add(keyOf(job.metadata));
    storage.watch(KEY, ({ object, type }) => {
      if (type !== 'DELETED') this.#queue.add(keyOf(object.metadata));
    });
    storage.watch('pods', ({ object }) => {
      const owner = controllerOf(object.metadata);
      if (owner?.kind === 'Job') this.#queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    });
  }

  #sync(key: string): void {
    const slash = key.indexOf('/');
    const job = this.#server.storage.get(KEY, key.slice(0, slash), key.slice(slash + 1));
    if (job === undefined || job.metadata.deletionTimestamp !== undefined) return;
    if (
      (job.status.conditions ?? []).some((condition) => (condition.type === 'Complete' || condition.type === 'Failed') && condition.status === 'True')
    )
      return;
    const pods = this.#server.storage.owned('pods', job.metadata.uid ?? '').filter((pod) => controllerOf(pod.metadata)?.uid === job.metadata.uid);
    const active = pods.filter(isActive);
    const succeeded = pods.filter((pod) => pod.status.phase === 'Succeeded').length;
    const failed = pods.filter((pod) => pod.status.phase === 'Failed').length;
    const restarts = pods.reduce(
      (sum, pod) =>
        sum + (pod.spec.restartPolicy === 'OnFailure' ? (pod.status.containerStatuses ?? []).reduce((most, each) => most + each.restartCount, 0) : 0),
      0,
    );
    const limit = job.spec.backoffLimit ?? 6;
    const outcome = this.#outcome(job, { active, succeeded, failed: failed + restarts, limit });
    if (outcome !== undefined) for (const pod of active) this.#pods.delete(job, pod);
    else if (job.spec.suspend !== true) this.#manage(job, key, { active, succeeded, failed, pods });
    this.#report(job, { outcome, succeeded, failed: failed + (outcome?.type === 'Failed' ? active.length : 0) });
  }

  #outcome(
    job: Job,
    count: { readonly active: readonly Pod[]; readonly succeeded: number; readonly failed: number; readonly limit: number },
  ): JobCondition | undefined {
    const wanted = job.spec.completions;
    const started = millisecondsOf(job.status.startTime);
    const deadline = job.spec.activeDeadlineSeconds;
    if (count.failed > count.limit) return this.#condition('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
    if (started !== undefined && deadline !== undefined && this.#server.simulation.wallClock >= started + deadline * 1000) {
      return this.#condition('Failed', 'DeadlineExceeded', 'Job was active longer than specified deadline');
    }
    const enough = wanted === undefined ? count.succeeded > 0 && count.active.length === 0 : count.succeeded >= wanted;
    return enough ? this.#condition('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods') : undefined;
  }

  #condition(type: string, reason: string, message: string): JobCondition {
    const now = this.#server.now();
    return { lastProbeTime: now, lastTransitionTime: now, message, reason, status: 'True', type };
  }

  #manage(
    job: Job,
    key: string,
    count: { readonly active: readonly Pod[]; readonly succeeded: number; readonly failed: number; readonly pods: readonly Pod[] },
  ): void {
    const parallelism = job.spec.parallelism ?? 1;
    const completions = job.spec.completions;
    const target =
      completions === undefined ? (count.succeeded > 0 ? count.active.length : parallelism) : Math.min(parallelism, completions - count.succeeded);
    const missing = target - count.active.length;
    for (const pod of count.active.slice(0, Math.max(0, -missing))) this.#pods.delete(job, pod);
    if (missing <= 0) return;
    const lastFailure = Math.max(0, ...count.pods.filter((pod) => pod.status.phase === 'Failed').map((pod) => finishedAt(pod)));
    const backoff = count.failed === 0 ? 0 : Math.min(MAX_BACKOFF, FIRST_BACKOFF * 2 ** (count.failed - 1));
    const wait = lastFailure + backoff - this.#server.simulation.wallClock;
    if (count.failed > 0 && wait > 0) {
      this.#queue.addAfter(key, wait);
      return;
    }
    const failure = this.#pods.slowStart(missing, () => {
      const answer = this.#pods.create(job, job.spec.template);
      return isStatus(answer) ? answer : undefined;
    });
    if (failure !== undefined) this.#queue.retry(key);
  }

  #report(job: Job, result: { readonly outcome: JobCondition | undefined; readonly succeeded: number; readonly failed: number }): void {
    const { namespace = '', name } = job.metadata;
    const { outcome } = result;
    const active = outcome === undefined ? this.#server.storage.owned('pods', job.metadata.uid ?? '').filter(isActive) : [];
    const startTime = job.status.startTime ?? this.#server.now();
    const ready = active.filter(isReady).length;
    const conditions =
      outcome === undefined
        ? job.status.conditions
        : [...(job.status.conditions ?? []), { ...outcome, type: outcome.type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget' }, outcome];
    const status: JobStatus = {
      ...(active.length === 0 ? {} : { active: active.length }),
      ...(outcome?.type === 'Complete' ? { completionTime: this.#server.now() } : {}),
      ...(conditions === undefined ? {} : { conditions }),
      ...(result.failed === 0 ? {} : { failed: result.failed }),
      ready,
      startTime,
      ...(result.succeeded === 0 ? {} : { succeeded: result.succeeded }),
      terminating: 0,
      uncountedTerminatedPods: {},
    };
    this.#server.setStatus(KEY, namespace, name, status);
    if (outcome === undefined) {
      const deadline = job.spec.activeDeadlineSeconds;
      if (job.status.startTime === undefined && deadline !== undefined) this.#queue.addAfter(keyOf(job.metadata), deadline * 1000);
      return;
    }
    if (outcome.type === 'Complete') this.#events.record({ object: job, type: 'Normal', reason: 'Completed', message: 'Job completed' });
    else this.#events.record({ object: job, type: 'Warning', reason: outcome.reason ?? '', message: outcome.message ?? '' });
    const ttl = job.spec.ttlSecondsAfterFinished;
    if (ttl !== undefined)
      this.#server.simulation.after(ttl * 1000, () =>
        this.#server.delete(KEY, namespace, name, { user: SYSTEM, preconditions: { uid: job.metadata.uid ?? '' } }),
      );
  }
}

function finishedAt(pod: Pod): number {
  return Math.max(0, ...(pod.status.containerStatuses ?? []).map((container) => millisecondsOf(container.state?.terminated?.finishedAt) ?? 0));
}
