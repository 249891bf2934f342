// Checks CronJobs.
// Modelled on pkg/apis/batch/validation/validation.go (v1.37): ValidateCronJobCreate, validateCronJobSpec.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required } from '../field-error.ts';
import type { CronJob } from '../types-batch.ts';
import type { Unchecked } from '../unchecked.ts';
import { scheduleProblem } from './cron-schedule.ts';
import { nonNegativeErrors } from './handlers.ts';
import { jobSpecErrors } from './job.ts';
import { jsonOf } from './workload.ts';

/** A Job's name gets a dash and ten digits behind this one's. */
const LONGEST_NAME = 52;

export function cronJobErrors(cronJob: Unchecked<CronJob>): FieldError[] {
  const name = cronJob.metadata?.name ?? '';
  return [...specErrors(cronJob), ...(name.length > LONGEST_NAME ? [invalid('metadata.name', name, 'must be no more than 52 characters')] : [])];
}

/** Changes are judged like new ones, but the name is what it is. */
export function cronJobUpdateErrors(cronJob: Unchecked<CronJob>): FieldError[] {
  return specErrors(cronJob);
}

function specErrors(cronJob: Unchecked<CronJob>): FieldError[] {
  const spec = cronJob.spec ?? {};
  const job = spec.jobTemplate?.spec ?? {};
  const counts = (key: 'startingDeadlineSeconds' | 'successfulJobsHistoryLimit' | 'failedJobsHistoryLimit'): FieldError[] => {
    const count = spec[key];
    return count === undefined ? [] : nonNegativeErrors(count, `spec.${key}`);
  };
  return [
    ...scheduleErrors(spec.schedule ?? ''),
    ...counts('startingDeadlineSeconds'),
    ...timeZoneErrors(spec.timeZone),
    ...policyErrors(spec.concurrencyPolicy ?? ''),
    ...jobSpecErrors(job, 'spec.jobTemplate.spec'),
    ...(job.selector === undefined ? [] : [invalid('spec.jobTemplate.spec.selector', jsonOf(job.selector), '`selector` will be auto-generated')]),
    ...(job.manualSelector === true ? [notSupported('spec.jobTemplate.spec.manualSelector', true, ['nil', 'false'])] : []),
    ...counts('successfulJobsHistoryLimit'),
    ...counts('failedJobsHistoryLimit'),
  ];
}

function scheduleErrors(schedule: string): FieldError[] {
  if (schedule === '') return [required('spec.schedule')];
  const problem = scheduleProblem(schedule);
  return [
    ...(problem === undefined ? [] : [invalid('spec.schedule', schedule, problem)]),
    ...(schedule.includes('TZ') ? [invalid('spec.schedule', schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')] : []),
  ];
}

function timeZoneErrors(zone: string | undefined): FieldError[] {
  if (zone === undefined) return [];
  if (zone === '') return [invalid('spec.timeZone', zone, 'timeZone must be nil or non-empty string')];
  if (zone.toLowerCase() === 'local')
    return [invalid('spec.timeZone', zone, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones')];
  return isTimeZone(zone) ? [] : [invalid('spec.timeZone', zone, `unknown time zone ${zone}`)];
}

const AREAS = 'Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US';
const TIME_ZONE = new RegExp(`^(?:UTC|GMT|Zulu|UCT|[A-Z]{3}(?:[0-9][A-Z]{3})?|(?:${AREAS})/[A-Z][A-Za-z_+/0-9-]*)$`);

/** Whether it looks like a zone of the database: its areas are known here, its cities are not. */
function isTimeZone(zone: string): boolean {
  return TIME_ZONE.test(zone);
}

function policyErrors(policy: string): FieldError[] {
  const policies = ['Allow', 'Forbid', 'Replace'];
  return policies.includes(policy) ? [] : [notSupported('spec.concurrencyPolicy', policy, policies)];
}
