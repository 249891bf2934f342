// Measures the simulator and prints medians beside their aims. Usage: npm run bench
import { createCluster } from '../src/sim/kube/create-cluster.ts';
import { admissionLookup } from '../src/exercise/admission-lookup.ts';
import { judge } from '../src/exercise/verdict.ts';
import type { Simulation } from '../src/sim/engine/simulation.ts';
import type { Cluster } from '../src/sim/kube/cluster.ts';
import { World } from '../src/sim/shell/world.ts';
import { programsOnDisk } from './commands-on-disk.ts';
import { lessonsOnDisk } from './lessons-on-disk.ts';

const programs = await programsOnDisk();
const lessons = await lessonsOnDisk();
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function timed(rounds: number, run: () => void): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    run();
    times.push(performance.now() - begun);
  }
  return median(times);
}

function report(what: string, value: number, aim: number): void {
  console.log(`${what.padEnd(46)} ${value.toFixed(2).padStart(9)} ms   aim ${aim} ms${value > aim ? '   (over)' : ''}`);
}

const fresh = (seed: string): Cluster => createCluster({ programs, seed });
for (let warm = 0; warm < 5; warm++) fresh(`warm ${warm}`);

report('cluster ready', timed(9, () => fresh('ready')), 10);

/** Creates `count` Pods and lets time pass until all are Running. @returns CPU and the longest single action, in milliseconds */
function podsRunning(count: number): { readonly cpu: number; readonly block: number } {
  const { apiServer, simulation } = fresh(`pods ${count}`);
  let block = 0;
  const begun = performance.now();
  for (let index = 0; index < count; index++) {
    apiServer.create('pods', 'default', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}` },
      ...{ spec: { containers: [{ name: 'main', image: 'alpine', command: ['/bin/sleep', '999999'] }] } },
    });
  }
  const done = (): boolean => {
    if (simulation.now % 1 > 0.1) return false;
    return [...apiServer.storage.objects('pods', 'default')].filter((pod) => pod.status.phase === 'Running').length >= Math.min(count, 220);
  };
  for (let actions = 0; !done() && actions < 5_000_000; actions++) block = Math.max(block, oneStep(simulation));
  return { cpu: performance.now() - begun, block };
}

function oneStep(simulation: Simulation): number {
  const begun = performance.now();
  simulation.step();
  return performance.now() - begun;
}

for (const [count, aim] of [[1, 2], [100, 100], [500, 500]] as const) {
  const runs = Array.from({ length: count === 1 ? 9 : 3 }, () => podsRunning(count));
  report(`${count} Pod${count === 1 ? '' : 's'} Running, CPU (workers hold 220)`, median(runs.map((run) => run.cpu)), aim);
  report(`${count} Pod${count === 1 ? '' : 's'} Running, longest block`, median(runs.map((run) => run.block)), 8);
}

const [lesson] = lessons;
if (!lesson) throw new Error('there is at least one lesson');
const containers = Array.from({ length: 12 }, (_, index) => `  - name: c${index}\n    image: alpine\n    command: ["/bin/sleep", "999999"]\n    env:\n    - name: A\n      value: "1"\n    ports:\n    - containerPort: ${8000 + index}\n`).join('');
const long = lesson.solution.replace(/ {2}containers:[\s\S]*/, `  containers:\n${containers}`);
const verdict = (): unknown => judge({ text: long, exercise: lesson.exercise, context: { namespace: 'default', lookup: admissionLookup }, world: undefined });
for (let warm = 0; warm < 50; warm++) verdict();
report(`verdict on a manifest of ${long.split('\n').length} lines`, timed(50, () => { verdict(); }), 2);

/** Every combination of the taught settings, seen from every place. */
async function everyCombination(): Promise<{ readonly seconds: number; readonly accepted: number }> {
  const begun = performance.now();
  const choices = [['', 'true'], ['', 'true'], ['', 'true'], ['', 'true', 'false'], ['', 'ClusterFirst', 'Default', 'None', 'ClusterFirstWithHostNet'], ['', '8080:8080', '8080:9000', '8080:22'], ['', 'true', 'false']];
  const names = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'dnsPolicy', 'port', 'hostUsers'];
  const world = new World(fresh('lattice'));
  const { simulation } = world.cluster;
  let accepted = 0;
  const size = choices.reduce((product, each) => product * each.length, 1);
  for (let number = 0; number < size; number++) {
    let rest = number;
    const lines: string[] = [];
    let ports = '';
    choices.forEach((values, index) => {
      const value = values[rest % values.length] ?? '';
      rest = Math.floor(rest / values.length);
      if (value === '') return;
      if (names[index] === 'port') ports = `    ports:\n    - containerPort: ${value.split(':')[0]}\n      hostPort: ${value.split(':')[1]}\n`;
      else lines.push(`  ${names[index]}: ${value}\n`);
    });
    const manifest = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n${lines.join('')}  containers:\n  - name: main\n    image: alpine\n    command: ["/bin/sleep", "999999"]\n${ports}`;
    world.writeFile('server4-master', '/root/p.yaml', manifest);
    const created = world.run('server4-master', 'kubectl create -f p.yaml');
    await simulation.runUntilSettled(() => created?.exitCode !== undefined, { limit: 20_000 });
    if (created?.exitCode !== 0) continue;
    accepted++;
    simulation.runUntil(() => world.cluster.findContainer('default/p/main') !== undefined, { limit: 5_000 });
    for (const observer of ['p/main', 'server5-node1', 'client']) {
      const seen = world.run(observer, 'ps; ifconfig; ipcs');
      if (seen) await simulation.runUntilSettled(() => seen.exitCode !== undefined, { limit: 20_000 });
    }
    const gone = world.run('server4-master', 'kubectl delete po p --force --grace-period=0');
    await simulation.runUntilSettled(() => gone?.exitCode !== undefined, { limit: 60_000 });
  }
  return { seconds: (performance.now() - begun) / 1000, accepted };
}

const lattice = await everyCombination();
console.log(`all 1440 combinations with all observers          ${lattice.seconds.toFixed(1).padStart(6)} s    aim 20 s (${lattice.accepted} accepted)`);
