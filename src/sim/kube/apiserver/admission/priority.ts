// Works out a Pod's priority from its class, which a Pod may not set itself.
// Modelled on plugin/pkg/admission/priority/admission.go (v1.37). The cluster has only the two built-in classes and no default one.

import { forbiddenStatus } from '../../api/status.ts';
import type { Status } from '../../api/status.ts';
import type { Pod } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import { nameForErrors } from './service-account.ts';

const PRIORITY_BY_CLASS: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2000001000],
  ['system-cluster-critical', 2000000000],
]);
const PREEMPTION = 'PreemptLowerPriority';
const SUFFIX = 'must not be provided in pod spec; priority admission controller computed';
const FROM = 'from the given PriorityClass name';

/** A new Pod with its priority, or why it is refused. */
export function withPriority(pod: Unchecked<Pod>): Unchecked<Pod> | Status {
  const spec = pod.spec ?? {};
  const className = spec.priorityClassName ?? '';
  const refuse = (why: string): Status => forbiddenStatus({ group: '', resource: 'pods' }, nameForErrors(pod), why);
  const priority = className === '' ? 0 : PRIORITY_BY_CLASS.get(className);
  if (priority === undefined) return refuse(`no PriorityClass with name ${className} was found`);
  if (spec.priority !== undefined && spec.priority !== priority) {
    return refuse(`the integer value of priority (${String(spec.priority)}) ${SUFFIX} ${String(priority)} ${FROM}`);
  }
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== PREEMPTION) {
    return refuse(`the string value of PreemptionPolicy (${spec.preemptionPolicy}) ${SUFFIX} ${PREEMPTION} ${FROM}`);
  }
  return { ...pod, spec: { ...spec, priority, preemptionPolicy: PREEMPTION } };
}

/** A changed Pod keeps the priority it was created with. */
export function withKeptPriority(pod: Unchecked<Pod>, old: Unchecked<Pod>): Unchecked<Pod> {
  const spec = pod.spec ?? {};
  const priority = spec.priority ?? old.spec?.priority;
  const preemptionPolicy = spec.preemptionPolicy ?? old.spec?.preemptionPolicy;
  return {
    ...pod,
    spec: {
      ...spec,
      ...(priority === undefined ? {} : { priority }),
      ...(preemptionPolicy === undefined ? {} : { preemptionPolicy }),
    },
  };
}
