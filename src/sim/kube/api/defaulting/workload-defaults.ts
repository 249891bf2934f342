// Fills in what Deployments, ReplicaSets, DaemonSets, StatefulSets and Jobs leave out.
// Modelled on pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go (v1.37).

import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../types-apps.ts';
import type { CronJob, Job } from '../types-batch.ts';
import type { Unchecked } from '../unchecked.ts';
import { orElse } from './container-defaults.ts';
import { withTemplateDefaults } from './pod-defaults.ts';

const HISTORY = 10;

export function withDeploymentDefaults(deployment: Unchecked<Deployment>): Unchecked<Deployment> {
  const spec = deployment.spec ?? {};
  const type = orElse(spec.strategy?.type, 'RollingUpdate');
  const rolling = { maxSurge: '25%', maxUnavailable: '25%', ...spec.strategy?.rollingUpdate };
  return {
    ...deployment,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      strategy: { ...spec.strategy, type, ...(type === 'RollingUpdate' ? { rollingUpdate: rolling } : {}) },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? HISTORY,
      progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
      template: withTemplateDefaults(spec.template),
    },
  };
}

export function withReplicaSetDefaults(set: Unchecked<ReplicaSet>): Unchecked<ReplicaSet> {
  const spec = set.spec ?? {};
  return {
    ...set,
    spec: { ...spec, replicas: spec.replicas ?? 1, template: withTemplateDefaults(spec.template) },
  };
}

export function withDaemonSetDefaults(set: Unchecked<DaemonSet>): Unchecked<DaemonSet> {
  const spec = set.spec ?? {};
  const type = orElse(spec.updateStrategy?.type, 'RollingUpdate');
  const rolling = { maxSurge: 0, maxUnavailable: 1, ...spec.updateStrategy?.rollingUpdate };
  return {
    ...set,
    spec: {
      ...spec,
      updateStrategy: {
        ...spec.updateStrategy,
        type,
        ...(type === 'RollingUpdate' ? { rollingUpdate: rolling } : {}),
      },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? HISTORY,
      template: withTemplateDefaults(spec.template),
    },
  };
}

export function withStatefulSetDefaults(set: Unchecked<StatefulSet>): Unchecked<StatefulSet> {
  const spec = set.spec ?? {};
  const given = spec.updateStrategy?.type;
  const type = orElse(given, 'RollingUpdate');
  const named = given !== undefined && given !== '';
  const rolling = spec.updateStrategy?.rollingUpdate ?? (named ? undefined : {});
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  return {
    ...set,
    spec: {
      ...spec,
      podManagementPolicy: orElse(spec.podManagementPolicy, 'OrderedReady'),
      // Mandatory in the API's form, so it is shown even when it was left out.
      serviceName: spec.serviceName ?? '',
      updateStrategy: {
        ...spec.updateStrategy,
        type,
        ...(rolling === undefined
          ? {}
          : {
              rollingUpdate: type === 'RollingUpdate' ? { maxUnavailable: 1, partition: 0, ...rolling } : rolling,
            }),
      },
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: orElse(retention?.whenDeleted, 'Retain'),
        whenScaled: orElse(retention?.whenScaled, 'Retain'),
      },
      replicas: spec.replicas ?? 1,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? HISTORY,
      template: withTemplateDefaults(spec.template),
    },
  };
}

export function withJobDefaults(job: Unchecked<Job>): Unchecked<Job> {
  const spec = job.spec ?? {};
  const labels = spec.template?.metadata?.labels;
  const unlabelled = Object.keys(job.metadata?.labels ?? {}).length === 0;
  return {
    ...job,
    ...(labels !== undefined && unlabelled ? { metadata: { ...job.metadata, labels } } : {}),
    spec: {
      ...withSizeDefaults(spec),
      backoffLimit: spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : 2147483647),
      completionMode: spec.completionMode ?? 'NonIndexed',
      suspend: spec.suspend ?? false,
      podReplacementPolicy: spec.podReplacementPolicy ?? (spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
      manualSelector: spec.manualSelector ?? false,
      template: withTemplateDefaults(spec.template),
    },
  };
}

function withSizeDefaults(spec: Unchecked<Job['spec']>): Unchecked<Job['spec']> {
  const single = spec.completions === undefined && spec.parallelism === undefined;
  return { ...spec, ...(single ? { completions: 1 } : {}), parallelism: spec.parallelism ?? 1 };
}

/** The Job in it gets the defaults of Pods alone; its own come when it is made of it. */
export function withCronJobDefaults(cronJob: Unchecked<CronJob>): Unchecked<CronJob> {
  const spec = cronJob.spec ?? {};
  const job = spec.jobTemplate?.spec ?? {};
  return {
    ...cronJob,
    spec: {
      ...spec,
      concurrencyPolicy: orElse(spec.concurrencyPolicy, 'Allow'),
      suspend: spec.suspend ?? false,
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
      jobTemplate: {
        ...spec.jobTemplate,
        metadata: spec.jobTemplate?.metadata ?? {},
        spec: { ...job, template: withTemplateDefaults(job.template) },
      },
    },
    status: cronJob.status ?? {},
  };
}

/**
 * A Job with the selector and labels that make only its own Pods its own (registry/batch/job/strategy.go generateSelector).
 * Needs the Job's name and uid; called again once they are known, it fills in what it left empty.
 */
export function withJobSelector(job: Unchecked<Job>): Unchecked<Job> {
  const spec = job.spec ?? {};
  if (spec.manualSelector === true) return job;
  const uid = job.metadata?.uid ?? '';
  const name = job.metadata?.name ?? '';
  const generated = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = spec.template ?? {};
  const given = template.metadata?.labels;
  const labels = { ...given, ...missing(generated, given) };
  // Labels that were copied from the template stay the same labels.
  const shared = given !== undefined && job.metadata?.labels === given;
  const selected = { 'batch.kubernetes.io/controller-uid': uid };
  const matchLabels = { ...spec.selector?.matchLabels, ...missing(selected, spec.selector?.matchLabels) };
  return {
    ...job,
    ...(shared ? { metadata: { ...job.metadata, labels } } : {}),
    spec: {
      ...spec,
      selector: { ...spec.selector, matchLabels },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

type Labels = Readonly<Record<string, string>>;

function missing(generated: Labels, given: Labels | undefined): Labels {
  return Object.fromEntries(Object.entries(generated).filter(([key]) => (given?.[key] ?? '') === ''));
}
