/**
 * Plays a scene (files, commands, waits) on a world, as the recordings and the lessons describe it. Judges nothing.
 */
import type { Pod } from '../kube/api/types-pod.ts';
import type { CommandRun, World } from './world.ts';
import type { Answer, RunStep, Scene, WaitCondition } from '../recordings/format.ts';

/** Virtual milliseconds that one command may take, and that a wait may last. */
const COMMAND_LIMIT = 180_000;
const WAIT_LIMIT = 240_000;
/** Between two steps a person (or a script) takes a moment. */
const PAUSE = 88;
/** Virtual milliseconds that a waiting script's question takes, and its pause between two. */
const ASKING_TIME = 130;
const ASKING_PAUSE = 400;

/** @returns one answer per command, in order */
export async function playScene(world: World, scene: Scene): Promise<readonly Answer[]> {
  const { simulation } = world.cluster;
  const answers: Answer[] = [];
  const captured = new Map<string, string>();
  const filled = (text: string): string => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => captured.get(name) ?? whole);
  for (const [index, step] of scene.steps.entries()) {
    if ('file' in step) world.writeFile('server4-master', `/root/${step.file}`, step.text);
    else if ('wait' in step) await waitFor(world, step.wait);
    else if ('start' in step) {
      world.start(step.at, filled(step.start));
      simulation.advance(300);
    } else {
      simulation.advance(PAUSE);
      const run = await runToEnd(world, { ...step, run: filled(step.run) });
      answers.push({
        case: scene.id,
        step: index,
        exitCode: run?.exitCode ?? 127,
        stdout: run?.stdout ?? '',
        stderr: run?.stderr ?? `no such place: ${step.at}\n`,
      });
      capture(step, run?.stdout ?? '', captured);
    }
  }
  return answers;
}

async function runToEnd(world: World, step: RunStep): Promise<CommandRun | undefined> {
  const run = world.run(step.at, step.run);
  if (!run) return undefined;
  await world.cluster.simulation.runUntilSettled(() => run.exitCode !== undefined, { limit: COMMAND_LIMIT });
  if (run.exitCode === undefined) run.kill();
  return run;
}

function capture(step: RunStep, stdout: string, captured: Map<string, string>): void {
  for (const [name, expression] of Object.entries(step.capture ?? {})) {
    const found = new RegExp(expression, 'm').exec(stdout)?.[1];
    if (found !== undefined) captured.set(name, found);
  }
}

async function waitFor(world: World, condition: WaitCondition): Promise<void> {
  const { simulation } = world.cluster;
  if ('seconds' in condition) {
    simulation.advance(condition.seconds * 1000);
    return;
  }
  // A watching script asks with kubectl, which takes its time, and asks again after a pause (as the recordings were made).
  for (const end = simulation.now + WAIT_LIMIT; simulation.now < end; simulation.advance(ASKING_PAUSE)) {
    await simulation.settled();
    simulation.advance(ASKING_TIME);
    if (holds(world, condition)) return;
  }
}

function holds(world: World, condition: Exclude<WaitCondition, { readonly seconds: number }>): boolean {
  const { apiServer } = world.cluster;
  if ('event' in condition) {
    const events = apiServer.list('events', {});
    return events.kind === 'List' && events.items.some((event) => event.reason === condition.event);
  }
  const pods = apiServer.list('pods', 'pods' in condition ? { labelSelector: condition.pods } : {});
  if (pods.kind !== 'List') return false;
  if ('pods' in condition) {
    const ready = pods.items.filter(isReady).length;
    return ready === condition.ready && (condition.total === undefined || pods.items.length === condition.total);
  }
  const pod = pods.items.find((each) => each.metadata.name === condition.pod && each.metadata.namespace !== 'kube-system');
  return pod !== undefined && podHolds(pod, condition);
}

function podHolds(pod: Pod, condition: Extract<WaitCondition, { readonly pod: string }>): boolean {
  if (condition.ready !== undefined && isReady(pod) !== condition.ready) return false;
  if (condition.phase !== undefined && pod.status?.phase !== condition.phase) return false;
  if (condition.unschedulable && !pod.status?.conditions?.some((each) => each.type === 'PodScheduled' && each.status === 'False')) return false;
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  if (condition.restarts !== undefined && !statuses.some((each) => each.restartCount >= (condition.restarts ?? 0))) return false;
  if (condition.reason !== undefined) {
    const reasons = statuses.flatMap((each) => [each.state?.waiting?.reason, each.state?.terminated?.reason]);
    if (pod.status?.reason !== condition.reason && !reasons.includes(condition.reason)) return false;
  }
  return true;
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
}
