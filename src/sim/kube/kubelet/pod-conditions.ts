/** The conditions the kubelet owns. Modelled on pkg/kubelet/status/generate.go (v1.37). */
import type { Pod } from '../api/types-pod.ts';
import type { ContainerStatus, PodCondition, PodStatus } from '../api/types-pod-status.ts';
import { isSidecar } from './runtime-status.ts';

interface Outcome {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

const OWNED = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled']);
const TRUE: Outcome = { status: 'True' };

function goList(names: readonly string[]): string {
  return `[${names.join(' ')}]`;
}

function initialized(pod: Pod, statuses: readonly ContainerStatus[], phase: string | undefined): Outcome {
  const init = pod.spec.initContainers ?? [];
  const byName = new Map(statuses.map((status) => [status.name, status]));
  const unknown = init.filter((container) => !byName.has(container.name)).map((container) => container.name);
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'True', reason: 'PodCompleted' };
  const started = pod.spec.containers.some((container) => {
    const status = byName.get(container.name);
    return (
      status?.started === true ||
      status?.state?.running !== undefined ||
      status?.state?.terminated !== undefined ||
      status?.lastState?.terminated !== undefined
    );
  });
  if (started) return TRUE;
  const incomplete = init
    .filter((container) => {
      const status = byName.get(container.name);
      return status !== undefined && !(isSidecar(container) ? status.started === true : status.ready);
    })
    .map((container) => container.name);
  const messages = [
    ...(unknown.length === 0 ? [] : [`containers with unknown status: ${goList(unknown)}`]),
    ...(incomplete.length === 0 ? [] : [`containers with incomplete status: ${goList(incomplete)}`]),
  ];
  return messages.length === 0 ? TRUE : { status: 'False', reason: 'ContainersNotInitialized', message: messages.join(', ') };
}

function containersReady(pod: Pod, statuses: readonly ContainerStatus[], phase: string | undefined): Outcome {
  const counted = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
  const byName = new Map(statuses.map((status) => [status.name, status]));
  const unknown = counted.filter((container) => !byName.has(container.name)).map((container) => container.name);
  const unready = counted.filter((container) => byName.get(container.name)?.ready === false).map((container) => container.name);
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const messages = [
    ...(unknown.length === 0 ? [] : [`containers with unknown status: ${goList(unknown)}`]),
    ...(unready.length === 0 ? [] : [`containers with unready status: ${goList(unready)}`]),
  ];
  return messages.length === 0 ? TRUE : { status: 'False', reason: 'ContainersNotReady', message: messages.join(', ') };
}

function ready(pod: Pod, containers: Outcome, others: readonly PodCondition[]): Outcome {
  if (containers.status !== 'True') return containers;
  const messages: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const condition = others.find((each) => each.type === conditionType);
    if (condition === undefined) messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (condition.status !== 'True') messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`);
  }
  return messages.length === 0 ? TRUE : { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}

export interface ConditionContext {
  readonly statuses: readonly ContainerStatus[];
  readonly phase: PodStatus['phase'];
  /** Why there is no usable sandbox; undefined when there is one. */
  readonly sandboxProblem: string | undefined;
  readonly previous: readonly PodCondition[];
  readonly now: string;
  /** Mirror Pods of static ones carry no observedGeneration. */
  readonly withGeneration: boolean;
}

/** All conditions of a Pod: foreign ones first, then the kubelet's in its order. */
export function podConditions(pod: Pod, context: ConditionContext): readonly PodCondition[] {
  const foreign = (pod.status.conditions ?? []).filter((condition) => !OWNED.has(condition.type));
  const containers = containersReady(pod, context.statuses, context.phase);
  const sandbox: Outcome =
    context.sandboxProblem === undefined ? TRUE : { status: 'False', reason: 'PodSandboxNotReady', message: context.sandboxProblem };
  const outcomes: readonly (readonly [string, Outcome])[] = [
    ['PodReadyToStartContainers', sandbox],
    ['Initialized', initialized(pod, context.statuses, context.phase)],
    ['Ready', ready(pod, containers, foreign)],
    ['ContainersReady', containers],
    ['PodScheduled', TRUE],
  ];
  return [...foreign, ...outcomes.map(([type, outcome]) => conditionFrom(type, outcome, { ...context, generation: pod.metadata.generation ?? 1 }))];
}

function conditionFrom(type: string, outcome: Outcome, context: ConditionContext & { readonly generation: number }): PodCondition {
  const before = context.previous.find((condition) => condition.type === type);
  return {
    lastProbeTime: null,
    lastTransitionTime: before?.status === outcome.status && before.lastTransitionTime !== undefined ? before.lastTransitionTime : context.now,
    ...(outcome.message === undefined ? {} : { message: outcome.message }),
    ...(context.withGeneration ? { observedGeneration: context.generation } : {}),
    ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
    status: outcome.status,
    type,
  } as unknown as PodCondition;
}
