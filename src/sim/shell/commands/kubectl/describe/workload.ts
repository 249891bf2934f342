/** Deployments, replica sets, daemon sets, stateful sets, jobs (kubectl pkg/describe, v0.37). */
import { deepEqual } from '../../../../kube/apiserver/deep-equal.ts';
import { humanDuration } from '../../../../kube/apiserver/printers/human-duration.ts';
import type { ApiServer } from '../../../../kube/apiserver/api-server.ts';
import { millisecondsOf } from '../../../../kube/apiserver/time-text.ts';
import { fieldOf, isMap, listAt, mapAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import { selectorOf } from '../request/pod-of.ts';
import { containerLines } from './containers.ts';
import type { Describer } from './describer.ts';
import type { DescribeWriter } from './describe-writer.ts';
import { eventLines, eventsOf } from './events.ts';
import { annotationLines, conditionLines, controllerText, count, labelLines, labelText, orNone, timeLine, tolerationLines } from './metadata.ts';
import { spreadLines } from './pod.ts';
import { volumeLines } from './volumes.ts';

const POD_TEMPLATE_HASH = 'pod-template-hash';

export const describeDeployment: Describer = (writer, deployment, context) => {
  const spec = fieldOf(deployment, 'spec');
  const status = fieldOf(deployment, 'status');
  writer.line(0, `Name:\t${textAt(deployment, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(deployment, 'metadata', 'namespace')}`);
  writer.line(0, `CreationTimestamp:\t${timeLine(textAt(deployment, 'metadata', 'creationTimestamp'))}`);
  labelLines(writer, 'Labels', mapAt(deployment, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(deployment, 'metadata', 'annotations'));
  writer.line(0, `Selector:\t${selectorOf(deployment) ?? ''}`);
  writer.line(
    0,
    `Replicas:\t${count(spec, 'replicas')} desired | ${count(status, 'updatedReplicas')} updated | ${count(status, 'replicas')} total | ${count(status, 'availableReplicas')} available | ${count(status, 'unavailableReplicas')} unavailable`,
  );
  writer.line(0, `StrategyType:\t${textAt(spec, 'strategy', 'type')}`);
  writer.line(0, `MinReadySeconds:\t${count(spec, 'minReadySeconds')}`);
  const rolling = fieldOf(spec, 'strategy', 'rollingUpdate');
  if (isMap(rolling))
    writer.line(0, `RollingUpdateStrategy:\t${textAt(rolling, 'maxUnavailable')} max unavailable, ${textAt(rolling, 'maxSurge')} max surge`);
  templateLines(writer, fieldOf(spec, 'template'));
  conditionLines(writer, listAt(status, 'conditions'));
  const { old, fresh } = replicaSetsOf(context.server, deployment);
  if (old.length > 0 || fresh.length > 0) {
    writer.line(0, `OldReplicaSets:\t${replicaSetsText(old)}`);
    writer.line(0, `NewReplicaSet:\t${replicaSetsText(fresh)}`);
  }
  if (context.showEvents) eventLines(writer, eventsOf(context.server, deployment), context.wallClock);
};

/** The replica sets of a Deployment: that of its present template, and the others, oldest first. */
export function replicaSetsOf(server: ApiServer, deployment: Plain): { readonly old: readonly Plain[]; readonly fresh: readonly Plain[] } {
  const uid = textAt(deployment, 'metadata', 'uid');
  const namespace = textAt(deployment, 'metadata', 'namespace');
  const owned: readonly Plain[] = [...server.storage.sorted('replicasets.apps', namespace)]
    .filter((set) => (set.metadata.ownerReferences ?? []).some((owner) => owner.uid === uid))
    .sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1));
  const template = fieldOf(deployment, 'spec', 'template');
  const fresh = owned.find((set) => deepEqual(withoutHash(fieldOf(set, 'spec', 'template')), withoutHash(template)));
  return { old: owned.filter((set) => set !== fresh), fresh: fresh === undefined ? [] : [fresh] };
}

function withoutHash(template: Plain): Plain {
  if (!isMap(template)) return template;
  const metadata = mapAt(template, 'metadata');
  const { [POD_TEMPLATE_HASH]: _hash, ...labels } = mapAt(metadata, 'labels');
  return { ...template, metadata: { ...metadata, labels } };
}

function replicaSetsText(sets: readonly Plain[]): string {
  return orNone(
    sets
      .map((set) => `${textAt(set, 'metadata', 'name')} (${count(set, 'status', 'replicas')}/${count(set, 'spec', 'replicas')} replicas created)`)
      .join(', '),
  );
}

/** The Pod template of a workload. */
export function templateLines(writer: DescribeWriter, template: Plain): void {
  const spec = fieldOf(template, 'spec');
  writer.line(0, 'Pod Template:');
  labelLines(writer, '  Labels', mapAt(template, 'metadata', 'labels'));
  const annotations = mapAt(template, 'metadata', 'annotations');
  if (Object.keys(annotations).length > 0) annotationLines(writer, '  Annotations', annotations);
  const account = textAt(spec, 'serviceAccountName');
  if (account !== '') writer.line(1, `Service Account:\t${account}`);
  const init = listAt(spec, 'initContainers');
  if (init.length > 0) containerLines(writer, init, { label: 'Init Containers', statuses: [], space: '  ', pod: undefined });
  containerLines(writer, listAt(spec, 'containers'), { label: 'Containers', statuses: [], space: '  ', pod: undefined });
  volumeLines(writer, listAt(spec, 'volumes'), '  ');
  spreadLines(writer, listAt(spec, 'topologySpreadConstraints'), '  ');
  const priority = textAt(spec, 'priorityClassName');
  if (priority !== '') writer.line(1, `Priority Class Name:\t${priority}`);
  labelLines(writer, '  Node-Selectors', mapAt(spec, 'nodeSelector'));
  tolerationLines(writer, '  Tolerations', listAt(spec, 'tolerations'));
}

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed` of the Pods that an object controls. */
function podStates(server: ApiServer, owner: Plain): string {
  const uid = textAt(owner, 'metadata', 'uid');
  const pods = server.storage
    .sorted('pods', textAt(owner, 'metadata', 'namespace'))
    .filter((pod) => (pod.metadata.ownerReferences ?? []).some((reference) => reference.controller === true && reference.uid === uid));
  const of = (phase: string): string => String(pods.filter((pod) => pod.status.phase === phase).length);
  return `${of('Running')} Running / ${of('Pending')} Waiting / ${of('Succeeded')} Succeeded / ${of('Failed')} Failed`;
}

export const describeReplicaSet: Describer = (writer, set, context) => {
  writer.line(0, `Name:\t${textAt(set, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(set, 'metadata', 'namespace')}`);
  writer.line(0, `Selector:\t${selectorOf(set) ?? ''}`);
  labelLines(writer, 'Labels', mapAt(set, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(set, 'metadata', 'annotations'));
  if (controllerText(set) !== '') writer.line(0, `Controlled By:\t${controllerText(set)}`);
  writer.line(0, `Replicas:\t${count(set, 'status', 'replicas')} current / ${count(set, 'spec', 'replicas')} desired`);
  writer.line(0, `Pods Status:\t${podStates(context.server, set)}`);
  templateLines(writer, fieldOf(set, 'spec', 'template'));
  conditionLines(writer, listAt(set, 'status', 'conditions'));
  if (context.showEvents) eventLines(writer, eventsOf(context.server, set), context.wallClock);
};

export const describeDaemonSet: Describer = (writer, set, context) => {
  const status = fieldOf(set, 'status');
  writer.line(0, `Name:\t${textAt(set, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(set, 'metadata', 'namespace')}`);
  writer.line(0, `Selector:\t${selectorOf(set) ?? ''}`);
  writer.line(0, `Node-Selector:\t${labelText(mapAt(set, 'spec', 'template', 'spec', 'nodeSelector'))}`);
  labelLines(writer, 'Labels', mapAt(set, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(set, 'metadata', 'annotations'));
  writer.line(0, `Desired Number of Nodes Scheduled: ${count(status, 'desiredNumberScheduled')}`);
  writer.line(0, `Current Number of Nodes Scheduled: ${count(status, 'currentNumberScheduled')}`);
  writer.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${count(status, 'updatedNumberScheduled')}`);
  writer.line(0, `Number of Nodes Scheduled with Available Pods: ${count(status, 'numberAvailable')}`);
  writer.line(0, `Number of Nodes Misscheduled: ${count(status, 'numberMisscheduled')}`);
  writer.line(0, `Pods Status:\t${podStates(context.server, set)}`);
  templateLines(writer, fieldOf(set, 'spec', 'template'));
  if (context.showEvents) eventLines(writer, eventsOf(context.server, set), context.wallClock);
};

export const describeStatefulSet: Describer = (writer, set, context) => {
  const spec = fieldOf(set, 'spec');
  writer.line(0, `Name:\t${textAt(set, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(set, 'metadata', 'namespace')}`);
  writer.line(0, `CreationTimestamp:\t${timeLine(textAt(set, 'metadata', 'creationTimestamp'))}`);
  writer.line(0, `Selector:\t${selectorOf(set) ?? ''}`);
  labelLines(writer, 'Labels', mapAt(set, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(set, 'metadata', 'annotations'));
  if (textAt(spec, 'serviceName') !== '') writer.line(0, `Service Name:\t${textAt(spec, 'serviceName')}`);
  if (textAt(spec, 'podManagementPolicy') !== '') writer.line(0, `Pod Management Policy:\t${textAt(spec, 'podManagementPolicy')}`);
  writer.line(0, `Replicas:\t${count(spec, 'replicas')} desired | ${count(set, 'status', 'replicas')} total`);
  writer.line(0, `Update Strategy:\t${textAt(spec, 'updateStrategy', 'type')}`);
  const partition = textAt(spec, 'updateStrategy', 'rollingUpdate', 'partition');
  if (partition !== '') writer.line(1, `Partition:\t${partition}`);
  const unavailable = textAt(spec, 'updateStrategy', 'rollingUpdate', 'maxUnavailable');
  if (partition !== '' && unavailable !== '') writer.line(1, `MaxUnavailable:\t${unavailable}`);
  const retention = fieldOf(spec, 'persistentVolumeClaimRetentionPolicy');
  if (isMap(retention)) {
    writer.line(0, 'Persistent Volume Claim Retention Policy:');
    writer.line(1, `WhenDeleted:\t${textAt(retention, 'whenDeleted')}`);
    writer.line(1, `WhenScaled:\t${textAt(retention, 'whenScaled')}`);
  }
  writer.line(0, `Pods Status:\t${podStates(context.server, set)}`);
  templateLines(writer, fieldOf(spec, 'template'));
  writer.line(0, 'Volume Claims:\t<none>');
  if (context.showEvents) eventLines(writer, eventsOf(context.server, set), context.wallClock);
};

export const describeJob: Describer = (writer, job, context) => {
  const spec = fieldOf(job, 'spec');
  const status = fieldOf(job, 'status');
  const given = (title: string, value: string): void => {
    if (value !== '') writer.line(0, `${title}:\t${value}`);
  };
  writer.line(0, `Name:\t${textAt(job, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(job, 'metadata', 'namespace')}`);
  writer.line(0, `Selector:\t${selectorOf(job) ?? ''}`);
  labelLines(writer, 'Labels', mapAt(job, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(job, 'metadata', 'annotations'));
  given('Controlled By', controllerText(job));
  given('Parallelism', textAt(spec, 'parallelism'));
  writer.line(0, `Completions:\t${textAt(spec, 'completions') || '<unset>'}`);
  given('Completion Mode', textAt(spec, 'completionMode'));
  given('Suspend', textAt(spec, 'suspend'));
  given('Backoff Limit', textAt(spec, 'backoffLimit'));
  given('TTL Seconds After Finished', textAt(spec, 'ttlSecondsAfterFinished'));
  const [start, end] = [textAt(status, 'startTime'), textAt(status, 'completionTime')];
  if (start !== '') writer.line(0, `Start Time:\t${timeLine(start)}`);
  if (end !== '') writer.line(0, `Completed At:\t${timeLine(end)}`);
  if (start !== '' && end !== '') writer.line(0, `Duration:\t${humanDuration((millisecondsOf(end) ?? 0) - (millisecondsOf(start) ?? 0))}`);
  const deadline = textAt(spec, 'activeDeadlineSeconds');
  if (deadline !== '') writer.line(0, `Active Deadline Seconds:\t${deadline}s`);
  const ready = textAt(status, 'ready');
  writer.line(
    0,
    `Pods Statuses:\t${count(status, 'active')} Active${ready === '' ? '' : ` (${ready} Ready)`} / ${count(status, 'succeeded')} Succeeded / ${count(status, 'failed')} Failed`,
  );
  templateLines(writer, fieldOf(spec, 'template'));
  if (context.showEvents) eventLines(writer, eventsOf(context.server, job), context.wallClock);
};

export const describeCronJob: Describer = (writer, cronJob, context) => {
  const spec = fieldOf(cronJob, 'spec');
  const jobSpec = fieldOf(fieldOf(spec, 'jobTemplate'), 'spec');
  const orUnset = (value: string, unit = ''): string => (value === '' ? '<unset>' : `${value}${unit}`);
  writer.line(0, `Name:\t${textAt(cronJob, 'metadata', 'name')}`);
  writer.line(0, `Namespace:\t${textAt(cronJob, 'metadata', 'namespace')}`);
  labelLines(writer, 'Labels', mapAt(cronJob, 'metadata', 'labels'));
  annotationLines(writer, 'Annotations', mapAt(cronJob, 'metadata', 'annotations'));
  writer.line(0, `Schedule:\t${textAt(spec, 'schedule')}`);
  writer.line(0, `Concurrency Policy:\t${textAt(spec, 'concurrencyPolicy')}`);
  writer.line(0, `Suspend:\t${textAt(spec, 'suspend') === 'true' ? 'True' : 'False'}`);
  writer.line(0, `Time Zone:\t${orUnset(textAt(spec, 'timeZone'))}`);
  writer.line(0, `Successful Job History Limit:\t${orUnset(textAt(spec, 'successfulJobsHistoryLimit'))}`);
  writer.line(0, `Failed Job History Limit:\t${orUnset(textAt(spec, 'failedJobsHistoryLimit'))}`);
  writer.line(0, `Starting Deadline Seconds:\t${orUnset(textAt(spec, 'startingDeadlineSeconds'), 's')}`);
  writer.line(0, 'Selector:\t<unset>');
  writer.line(0, `Parallelism:\t${orUnset(textAt(jobSpec, 'parallelism'))}`);
  writer.line(0, `Completions:\t${orUnset(textAt(jobSpec, 'completions'))}`);
  const deadline = textAt(jobSpec, 'activeDeadlineSeconds');
  if (deadline !== '') writer.line(0, `Active Deadline Seconds:\t${deadline}s`);
  templateLines(writer, fieldOf(jobSpec, 'template'));
  const last = textAt(cronJob, 'status', 'lastScheduleTime');
  writer.line(0, `Last Schedule Time:\t${last === '' ? '<unset>' : timeLine(last)}`);
  const active = listAt(cronJob, 'status', 'active').map((each) => textAt(each, 'name'));
  writer.line(0, `Active Jobs:\t${orNone(active.join(', '))}`);
  if (context.showEvents) eventLines(writer, eventsOf(context.server, cronJob), context.wallClock);
};
