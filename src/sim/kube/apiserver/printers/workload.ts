/** The rows of deployments, replicasets, daemonsets, statefulsets and jobs. Modelled on pkg/printers/internalversion/printers.go (v1.37). */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../api/types-apps.ts';
import type { CronJob, Job } from '../../api/types-batch.ts';
import type { PodTemplateSpec } from '../../api/types-pod.ts';
import { millisecondsOf } from '../time-text.ts';
import { ageText, humanDuration } from './human-duration.ts';
import { columnsOf } from './printer.ts';
import type { Printer } from './printer.ts';
import { labelsText, selectorText } from './selector-text.ts';

const WIDE = ['Containers*', 'Images*', 'Selector*'];

function containers(template: PodTemplateSpec): readonly [string, string] {
  const list = template.spec.containers;
  return [list.map((container) => container.name).join(','), list.map((container) => container.image ?? '').join(',')];
}

export const deploymentPrinter: Printer<Deployment> = {
  columns: columnsOf('Name', 'Ready', 'Up-to-date', 'Available', 'Age', ...WIDE),
  cells: ({ metadata, spec, status }, { wallClock }) => [
    metadata.name,
    `${String(status.readyReplicas ?? 0)}/${String(spec.replicas ?? 1)}`,
    status.updatedReplicas ?? 0,
    status.availableReplicas ?? 0,
    ageText(metadata.creationTimestamp, wallClock),
    ...containers(spec.template),
    selectorText(spec.selector),
  ],
};

export const replicaSetPrinter: Printer<ReplicaSet> = {
  columns: columnsOf('Name', 'Desired', 'Current', 'Ready', 'Age', ...WIDE),
  cells: ({ metadata, spec, status }, { wallClock }) => [
    metadata.name,
    spec.replicas ?? 1,
    status.replicas,
    status.readyReplicas ?? 0,
    ageText(metadata.creationTimestamp, wallClock),
    ...(spec.template === undefined ? ['', ''] : containers(spec.template)),
    selectorText(spec.selector),
  ],
};

export const daemonSetPrinter: Printer<DaemonSet> = {
  columns: columnsOf('Name', 'Desired', 'Current', 'Ready', 'Up-to-date', 'Available', 'Node Selector', 'Age', ...WIDE),
  cells: ({ metadata, spec, status }, { wallClock }) => [
    metadata.name,
    status.desiredNumberScheduled,
    status.currentNumberScheduled,
    status.numberReady,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
    labelsText(spec.template.spec.nodeSelector),
    ageText(metadata.creationTimestamp, wallClock),
    ...containers(spec.template),
    selectorText(spec.selector),
  ],
};

export const statefulSetPrinter: Printer<StatefulSet> = {
  columns: columnsOf('Name', 'Ready', 'Age', 'Containers*', 'Images*'),
  cells: ({ metadata, spec, status }, { wallClock }) => [
    metadata.name,
    `${String(status.readyReplicas ?? 0)}/${String(spec.replicas ?? 1)}`,
    ageText(metadata.creationTimestamp, wallClock),
    ...containers(spec.template),
  ],
};

export const jobPrinter: Printer<Job> = {
  columns: columnsOf('Name', 'Status', 'Completions', 'Duration', 'Age', ...WIDE),
  cells: (job, { wallClock }) => [
    job.metadata.name,
    jobStatus(job),
    completions(job),
    jobDuration(job, wallClock),
    ageText(job.metadata.creationTimestamp, wallClock),
    ...containers(job.spec.template),
    selectorText(job.spec.selector),
  ],
};

export const cronJobPrinter: Printer<CronJob> = {
  columns: columnsOf('Name', 'Schedule', 'Timezone', 'Suspend', 'Active', 'Last Schedule', 'Age', ...WIDE),
  cells: ({ metadata, spec, status }, { wallClock }) => [
    metadata.name,
    spec.schedule,
    spec.timeZone ?? '<none>',
    spec.suspend === true ? 'True' : 'False',
    (status.active ?? []).length,
    status.lastScheduleTime === undefined ? '<none>' : ageText(status.lastScheduleTime, wallClock),
    ageText(metadata.creationTimestamp, wallClock),
    ...containers(spec.jobTemplate.spec.template),
    selectorText(spec.jobTemplate.spec.selector),
  ],
};

function completions({ spec, status }: Job): string {
  const succeeded = String(status.succeeded ?? 0);
  if (spec.completions !== undefined) return `${succeeded}/${String(spec.completions)}`;
  return (spec.parallelism ?? 0) > 1 ? `${succeeded}/1 of ${String(spec.parallelism)}` : `${succeeded}/1`;
}

function jobDuration({ status }: Job, wallClock: number): string {
  const start = millisecondsOf(status.startTime);
  if (start === undefined) return '';
  return humanDuration((millisecondsOf(status.completionTime) ?? wallClock) - start);
}

function jobStatus(job: Job): string {
  const has = (type: string): boolean => (job.status.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(has) ?? 'Running';
}
