/** Plays one request to an API server without nodes, as the recordings of `apiserver/` were taken. Judges nothing. */
import type { ApiObject } from '../kube/apiserver/object.ts';
import type { Cluster } from '../kube/cluster.ts';
import { createCluster } from '../kube/create-cluster.ts';
import { createNamespace } from '../kube/system-objects.ts';
import type { ProgramTable } from '../linux/process/kernel.ts';
import type { Answer, ApiCase } from '../recordings/format.ts';
import { World, type CommandRun } from './world.ts';

const MANIFEST = '/root/manifest.yaml';
const LIMIT = 120_000;
const DRY_RUN = ' --dry-run=server';

/** Server-given fields that recordings leave out. */
const UNRECORDED = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'managedFields', 'generation']);

/** @returns one answer, or for cases with steps one per step */
export async function playApiCase(programs: ProgramTable, request: ApiCase): Promise<readonly Answer[]> {
  const world = bareServer(programs, request.id);
  if (request.steps) {
    const answers: Answer[] = [];
    for (const [index, step] of request.steps.entries()) answers.push(answerOf(request.id, index, await run(world, step.manifest, step.command)));
    const last = answers.at(-1);
    if (last) answers[answers.length - 1] = { ...last, stored: storedObjects(world) };
    return answers;
  }
  const command = request.command ?? 'kubectl create -f manifest.yaml';
  const answer = answerOf(request.id, null, await run(world, request.manifest ?? '', command));
  if (answer.exitCode !== 0) return [answer];
  if (!command.includes(DRY_RUN)) return [{ ...answer, stored: storedObjects(world) }];
  // What a dry run would keep is what the same request keeps on a server of its own.
  const real = bareServer(programs, request.id);
  await run(real, request.manifest ?? '', command.replace(DRY_RUN, ''));
  return [{ ...answer, stored: storedObjects(real) }];
}

interface BareServer {
  readonly world: World;
  /** Uids of what the server came with. */
  readonly before: ReadonlySet<string | undefined>;
}

/** A control plane without scheduler, controllers and nodes, with the namespaces of the recordings. */
function bareServer(programs: ProgramTable, seed: string): BareServer {
  const cluster = createCluster({ programs, seed, controlPlaneOnly: true });
  for (const level of ['privileged', 'baseline', 'restricted']) {
    for (const [name, mode] of [
      [`psa-${level}`, 'enforce'],
      [`psa-warn-${level}`, 'warn'],
    ] as const) {
      createNamespace(cluster.apiServer, name, { [`pod-security.kubernetes.io/${mode}`]: level });
    }
  }
  cluster.simulation.advance(1_000);
  return { world: new World(cluster), before: new Set(objectsOf(cluster).map((object) => object.metadata.uid)) };
}

async function run({ world }: BareServer, manifest: string, command: string): Promise<CommandRun | undefined> {
  world.writeFile('server4-master', MANIFEST, manifest);
  const started = world.run('server4-master', command);
  if (!started) return undefined;
  await world.cluster.simulation.runUntilSettled(() => started.exitCode !== undefined, { limit: LIMIT });
  if (started.exitCode === undefined) started.kill();
  return started;
}

function answerOf(id: string, step: number | null, result: CommandRun | undefined): Answer {
  return { case: id, step, exitCode: result?.exitCode ?? 127, stdout: result?.stdout ?? '', stderr: result?.stderr ?? '' };
}

function storedObjects({ world, before }: BareServer): readonly unknown[] {
  return objectsOf(world.cluster)
    .filter((object) => !before.has(object.metadata.uid))
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map(withoutServerFields);
}

function objectsOf(cluster: Cluster): readonly ApiObject[] {
  const { storage } = cluster.apiServer;
  return storage
    .resources()
    .filter((resource) => resource !== 'events')
    .flatMap((resource) => storage.sorted(resource, undefined) as readonly ApiObject[]);
}

function withoutServerFields(object: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(object)) as { metadata?: Record<string, unknown>; status?: unknown };
  for (const field of UNRECORDED) if (copy.metadata) Reflect.deleteProperty(copy.metadata, field);
  return copy;
}
